import type { BinaryNode, WASocket } from '@whiskeysockets/baileys'

export type Acknowledgement =
	{ outcome: 'accepted'; at: Date } | { outcome: 'refused'; code: string } | { outcome: 'unknown' }

/**
 * Waits for WhatsApp's own answer to a message. Register it before the message leaves: Baileys' send resolves
 * when the bytes are written and never reports success. Its waitForMessage resolves on any stanza
 * with that id, receipts included, so this listens for the ack alone.
 */
export function acknowledgement(
	socket: WASocket,
	messageId: string,
	timeoutMs: number,
): { answer: Promise<Acknowledgement>; cancel(): void } {
	let resolve!: (answer: Acknowledgement) => void
	const promise = new Promise<Acknowledgement>((settle) => (resolve = settle))
	const heard = (node: BinaryNode) => {
		if (node.tag === 'ack' && node.attrs.class === 'message') resolve(meaningOf(node))
	}
	const lost = () => resolve({ outcome: 'unknown' })
	const timer = setTimeout(lost, timeoutMs)
	const tag = `TAG:${messageId}`
	socket.ws.on(tag, heard)
	socket.ws.on('close', lost)
	socket.registerSocketEndHandler(lost)
	const answer = promise.finally(() => {
		clearTimeout(timer)
		socket.ws.off(tag, heard)
		socket.ws.off('close', lost)
	})
	return { answer, cancel: lost }
}

function meaningOf({ attrs }: BinaryNode): Acknowledgement {
	if (attrs.error) return { outcome: 'refused', code: attrs.error }
	return { outcome: 'accepted', at: attrs.t ? new Date(Number(attrs.t) * 1000) : new Date() }
}
