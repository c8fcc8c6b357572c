import type { proto } from '@whiskeysockets/baileys'
import type { MessageDefinition } from './define.ts'
import { text } from './text.ts'

/** Every kind of message, in the order in which people are shown them. */
export const messageTypes = [text] as const satisfies readonly MessageDefinition[]

/** What a message that came in says: its type and that type's fields, or `unknown` and WhatsApp's name for it. */
export function readContent(content: proto.IMessage): { type: string; [field: string]: unknown } {
	for (const { type, fromContent } of messageTypes) {
		const fields = fromContent(content)
		if (fields) return { type, ...fields }
	}
	const [kind] = Object.keys(content).filter((name) => name !== 'messageContextInfo')
	return { type: 'unknown', kind: kind ?? null }
}
