import { unprocessable } from './errors.ts'

/** A message as WAHA names it. Chat and author are ids in its form. */
export type MessageId = {
	fromMe: boolean
	chat: string
	id: string
	participant?: string | undefined
}

/**
 * Writes it as one text: who says it, where, and its id; in groups and of statuses the author behind.
 * @example
 * serializedId({ fromMe: true, chat: '4915112345678@c.us', id: '3EB0AA' }) // 'true_4915112345678@c.us_3EB0AA'
 */
export const serializedId = ({ fromMe, chat, id, participant }: MessageId): string =>
	[fromMe, chat, id, ...(participant ? [participant] : [])].join('_')

/** Reads such a text; undefined for a bare id, and for what is neither. */
export function readMessageId(text: string): MessageId | undefined {
	const [fromMe, chat = '', third = '', fourth, ...rest] = text.split('_')
	const isWhole = /^(true|false)$/.test(fromMe!) && chat.includes('@') && third !== ''
	if (!isWhole || rest.length) return undefined
	// A post of a channel has its number before its id.
	const isPost = chat.endsWith('@newsletter')
	const id = isPost ? (fourth ?? third) : third
	return { fromMe: fromMe === 'true', chat, id, participant: isPost ? undefined : fourth }
}

/** The bare id of a message that may be named either way. */
export const bareIdOf = (text: string): string => readMessageId(text)?.id ?? text

/** As `readMessageId`. @throws WahaError for a bare id: nothing says which chat is meant */
export function wholeMessageId(text: string): MessageId {
	const found = readMessageId(text)
	if (found) return found
	throw unprocessable(
		'Message id must be in the form true_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA or false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA',
	)
}
