import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'
import { createMutex } from '../../lib/keyed-mutex.ts'

type Handler = (stanza: BinaryNode) => unknown

/**
 * Lets Baileys handle messages one after the other, as they came. By itself it keeps an order only from the
 * decryption on: before that it keeps who the sender is, and then the next messages of somebody new
 * overtake the first one.
 * @param comes is called with each message as it arrives; what it returns is called, and waited for, before Baileys gets it
 * @param isOver whether the connection has ended: what waits then comes again on the next one
 * @param receive resolves to whether a message is dealt with, and nothing for Baileys; after an error it is for Baileys
 */
export function handleMessagesInOrder(
	ws: WASocket['ws'],
	comes: (stanza: BinaryNode) => (() => Promise<void>) | undefined,
	receive: ((stanza: BinaryNode) => Promise<boolean>) | undefined,
	isOver: () => boolean,
): void {
	const handlers = ws.listeners('CB:message') as Handler[]
	const inTurn = createMutex()
	ws.removeAllListeners('CB:message')
	ws.on('CB:message', (stanza: BinaryNode) => {
		stayInLine(stanza)
		const before = comes(stanza)
		// A failure here means that the connection has closed: WhatsApp sends the message again.
		inTurn(async () => {
			await before?.()
			if (isOver()) return
			if (await receive?.(stanza).catch(() => false)) return
			if (isOver()) return
			await Promise.all(handlers.map((handle) => handle(stanza)))
		}).catch(() => {})
	})
}

/**
 * Baileys puts what was sent while we were away into a slower line, and handles live messages past it
 * (offline-node-processor.js). That breaks the order of a chat, and what is overtaken by five turns of the
 * conversation cannot be decrypted any more. Without its mark a message waits in the one line.
 */
function stayInLine({ attrs }: BinaryNode) {
	delete attrs.offline
}
