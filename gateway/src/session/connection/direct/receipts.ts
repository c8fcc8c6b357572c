import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'
import { buildAckStanza } from '@whiskeysockets/baileys/lib/Utils/stanza-ack.js'

/** Types of receipts that say something, and ask for nothing; '' is that a message was delivered. */
const PLAIN: readonly string[] = [
	...['', 'read', 'played', 'read-self', 'played-self'],
	...['sender', 'inactive', 'peer_msg', 'hist_sync'],
]

type Handler = (stanza: BinaryNode) => unknown

/**
 * Acknowledges receipts when what they say is on its way to the disk. Baileys emits them for nobody; those that ask for
 * something are left to it.
 * @param take reads a receipt; resolves when its effects are committed, though perhaps not durable
 */
export function takeReceipts(
	{ ws, sendNode, user }: WASocket,
	take: (stanza: BinaryNode) => Promise<void> | undefined,
): void {
	const handlers = ws.listeners('CB:receipt') as Handler[]
	ws.removeAllListeners('CB:receipt')
	ws.on('CB:receipt', (stanza: BinaryNode) => {
		const taken = take(stanza)
		if (!PLAIN.includes(stanza.attrs.type ?? ''))
			return handlers.forEach((handle) => handle(stanza))
		// A failure here means that the connection has closed: WhatsApp sends the receipt again.
		taken?.then(() => sendNode(buildAckStanza(stanza, undefined, user?.id))).catch(() => {})
	})
}
