import { proto, toNumber, type WAMessage } from '@whiskeysockets/baileys'
import type { RawMessage } from '../../events/raw-message.ts'
import type { MessageRecord } from '../state/messages.ts'

// As in proto3's JSON: a number of 64 bits is a string, since JavaScript's are not exact beyond 53.
const readable = { bytes: String, longs: String, enums: String } as const

/** As JavaScript has them: a number of 64 bits may lose digits beyond 53 of them, and one of a set is a number. */
const countable = { bytes: String, longs: Number } as const

type RawSource = Pick<WAMessage, 'key' | 'message' | 'messageTimestamp' | 'pushName'>

/** The protobuf message as JSON; bytes are base64. */
export function rawOf({ key, message, messageTimestamp, pushName }: RawSource): RawMessage {
	const named = Object.entries(key).filter(([, value]) => value !== undefined && value !== null)
	return {
		key: Object.fromEntries(named),
		message: proto.Message.toObject(proto.Message.fromObject(message ?? {}), readable),
		...(messageTimestamp && { messageTimestamp: String(toNumber(messageTimestamp)) }),
		...(pushName && { pushName }),
	}
}

/** The same for a kept message, which has neither its time nor its author's name. */
export function rawOfKept(
	{ message_id: id, to: remoteJid, from_me: fromMe }: MessageRecord,
	{ message, sender }: { message: proto.IMessage; sender?: string | undefined },
): RawMessage {
	return rawOf({ key: { remoteJid, fromMe, id, participant: sender }, message })
}

/** The protobuf message as JSON for clients that count with its numbers; bytes are base64. */
export const plainMessage = (message: RawMessage['message']): Record<string, unknown> =>
	proto.Message.toObject(proto.Message.fromObject(message), countable)
