import { isJidNewsletter, isJidStatusBroadcast } from '@whiskeysockets/baileys'
import type { Happening } from '../../../events/index.ts'
import { kindOf } from '../../../messages/wrappers.ts'
import { describe } from '../describe-message.ts'
import type { Arrived, Reading } from './define.ts'

// Kinds that are bookkeeping between devices, unless a message type knows them.
const bookkeeping = ['protocolMessage', 'secretEncryptedMessage', 'placeholderMessage'] as const

/** A message of its own. */
export const readOrdinary: Reading = (arrived, receiver) => {
	const { message, content } = arrived
	const { key } = message
	const data = describe(message, arrived, receiver)
	if (data.type === 'unknown' && bookkeeping.includes(kindOf(content) as never)) return undefined
	const changes = receiver.messages.keep({
		message_id: key.id!,
		to: data.chat.id,
		type: data.type,
		from_me: data.from_me,
		content: message.message!,
		sender: key.participant ?? undefined,
	})
	return { happening: happeningOf(arrived, data), changes }
}

function happeningOf({ message }: Arrived, data: ReturnType<typeof describe>): Happening {
	const { remoteJid, server_id: serverId } = message.key as {
		remoteJid: string
		server_id?: string
	}
	if (isJidNewsletter(remoteJid)) {
		const server_message_id = serverId ? Number(serverId) : null
		return { type: 'channel.message', data: { ...data, server_message_id } }
	}
	if (data.from_me) return { type: 'message.sent', data }
	if (isJidStatusBroadcast(remoteJid)) return { type: 'status.received', data }
	return { type: 'message.received', data }
}
