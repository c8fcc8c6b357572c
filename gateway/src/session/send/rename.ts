import type { proto } from '@whiskeysockets/baileys'

/** Fields that name a chat or a person by their jid; texts may have jids in them, too, and stay as they are. */
const NAMING = ['remoteJid', 'participant']

/** A message that names a chat by its other jid, in all that it refers to. */
export const renameIn = (content: proto.IMessage, from: string, to: string): proto.IMessage =>
	renamed(content, from, to) as proto.IMessage

function renamed(part: unknown, from: string, to: string): unknown {
	if (Array.isArray(part)) return part.map((item) => renamed(item, from, to))
	if (!isPlain(part)) return part
	const fields = Object.entries(part).map(([field, value]) => [
		field,
		NAMING.includes(field) && value === from ? to : renamed(value, from, to),
	])
	return Object.fromEntries(fields)
}

/** Bytes and large numbers are objects as well. */
const isPlain = (part: unknown): part is object =>
	typeof part === 'object' &&
	part !== null &&
	!(part instanceof Uint8Array) &&
	!('low' in part && 'high' in part)
