import { proto, type WAMessage } from '@whiskeysockets/baileys'
import type { RawMessage } from '../events/raw.ts'

const readable = { bytes: String, longs: Number, enums: String } as const

/** A message as WhatsApp has it, as JSON: bytes are base64. */
export function rawOf({ key, message }: WAMessage): RawMessage {
	const named = Object.entries(key).filter(([, value]) => value !== undefined && value !== null)
	return {
		key: Object.fromEntries(named),
		message: proto.Message.toObject(proto.Message.fromObject(message ?? {}), readable),
	}
}
