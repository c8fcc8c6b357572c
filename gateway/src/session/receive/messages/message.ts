import { isJidNewsletter, isJidStatusBroadcast } from '@whiskeysockets/baileys'
import type { NewEvent } from '../../../events/index.ts'
import { kindOf } from '../../../messages/wrappers.ts'
import { describeMessage } from '../describe-message.ts'
import type { UnwrappedMessage, MessageReader } from './define.ts'

// Kinds that are bookkeeping between devices, unless a message type knows them.
const bookkeeping = ['protocolMessage', 'secretEncryptedMessage', 'placeholderMessage'] as const

/** A message of its own. */
export const readMessage: MessageReader = (unwrapped, deps) => {
	const { message, content } = unwrapped
	const { key } = message
	const data = describeMessage(message, unwrapped, deps)
	if (data.type === 'unknown' && bookkeeping.includes(kindOf(content) as never)) return undefined
	const changes = deps.messages.keep({
		message_id: key.id!,
		to: data.chat.id,
		type: data.type,
		from_me: data.from_me,
		content: message.message!,
		sender: key.participant ?? undefined,
	})
	return { event: eventOf(unwrapped, data), changes }
}

function eventOf(
	{ message }: UnwrappedMessage,
	data: ReturnType<typeof describeMessage>,
): NewEvent {
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
