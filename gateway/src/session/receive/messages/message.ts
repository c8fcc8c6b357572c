import { isJidNewsletter, isJidStatusBroadcast } from '@whiskeysockets/baileys'
import type { NewEvent } from '../../../events/index.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { isSame } from '../../identity.ts'
import { describeMessage, type ReceiveDeps } from '../describe-message.ts'
import { followTimer } from './chat-timer.ts'
import type { UnwrappedMessage, MessageReader } from './define.ts'
import { firstOf, withBetterFile } from './second-file.ts'
import { findTarget } from './target-message.ts'

/** A message of its own. */
export const readMessage: MessageReader = async (unwrapped, deps) => {
	const { message } = unwrapped
	const data = describeMessage(message, unwrapped, deps)
	const second = await secondFileBefore(data, deps)
	const kept = deps.messages.keep(
		{
			message_id: data.message_id,
			to: data.chat.id,
			type: data.type,
			from_me: data.from_me,
			content: second ? withBetterFile(message.message!, second.content) : message.message!,
			sender: message.key.participant ?? undefined,
		},
		data.timestamp,
	)
	const changes = [...kept, ...followTimer(unwrapped, deps)]
	if (!second) return { event: eventOf(unwrapped, data), changes }
	// It was told already, as what its second file said.
	const { type, text } = second.said
	const isNew = type !== data.type || text !== data.text
	return { ...(isNew && { event: { type: 'message.edited', data } }), changes }
}

type MessageFields = ReturnType<typeof describeMessage>

/** The second file of a message, if it came before it: it is kept under the id of that message, which it names. */
async function secondFileBefore(
	{ message_id, media, chat, sender }: MessageFields,
	deps: ReceiveDeps,
) {
	const kept = media && (await findTarget(message_id, chat, deps))
	if (!kept || !isSame(kept.author, sender)) return undefined
	return firstOf(unwrap(kept.content).content)?.message_id === message_id ? kept : undefined
}

function eventOf({ message }: UnwrappedMessage, data: MessageFields): NewEvent {
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
