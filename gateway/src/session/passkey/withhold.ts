import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'

type Handler = (stanza: BinaryNode) => unknown

/**
 * Keeps notifications of these types from Baileys. It knows nothing of them and would acknowledge them: after a pairing
 * code too late, behind our next query, and after a QR code never, as it has no account yet (messages-recv.js,
 * sendMessageAck).
 */
export function withholdFromBaileys(ws: WASocket['ws'], types: readonly string[]): void {
	const handlers = ws.listeners('CB:notification') as Handler[]
	ws.removeAllListeners('CB:notification')
	ws.on('CB:notification', (stanza: BinaryNode) => {
		if (types.includes(stanza.attrs.type ?? '')) return
		for (const handle of handlers) handle(stanza)
	})
}
