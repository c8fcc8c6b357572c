import type { proto } from '@whiskeysockets/baileys'

/** Contents that say something to a person, and nothing to their client. */
const PLAIN: readonly string[] = [
	'conversation',
	'extendedTextMessage',
	...['imageMessage', 'videoMessage', 'audioMessage', 'documentMessage', 'stickerMessage'],
	...['contactMessage', 'contactsArrayMessage', 'locationMessage'],
	'messageContextInfo',
]

/** What is around a content, and changes nothing of it. */
const WRAPPERS: readonly string[] = ['documentWithCaptionMessage', 'ephemeralMessage']

/** Whether a message is of a kind with which Baileys does nothing but to emit it. */
export function isPlainContent(message: proto.IMessage): boolean {
	const isPlain = ([name, said]: [string, unknown]) =>
		said == null ||
		PLAIN.includes(name) ||
		(WRAPPERS.includes(name) && isPlainContent(inside(said)))
	return Object.entries(message).every(isPlain)
}

const inside = (wrapper: proto.Message.IFutureProofMessage): proto.IMessage => wrapper.message ?? {}
