import type { MessageReader, UnwrappedMessage } from './define.ts'
import { isSame } from '../../identity.ts'
import { readMessage } from './message.ts'
import { firstOf, withBetterFile } from './second-file.ts'
import { findTarget, targetFields } from './target-message.ts'

/**
 * A second file of a message is no message: the kept message gets it if it is the better one. If it comes first it is
 * told as that message, and what comes second then changes what is kept.
 */
export const readSecondFile: MessageReader = async (unwrapped, deps) => {
	const { message_id: id } = firstOf(unwrapped.content)!
	const { chat, sender } = targetFields(id, unwrapped, deps)
	const first = await findTarget(id, chat, deps)
	if (!first) return readMessage(withIdOf(id, unwrapped), deps)
	if (!isSame(first.author, sender)) return readMessage(unwrapped, deps)
	const better = withBetterFile(first.content, unwrapped.message.message!)
	return { changes: await deps.messages.changed(id, better) }
}

/** What is kept still names the message, so that it is known as a second file when that one comes. */
function withIdOf(id: string, { message, content, viewOnce }: UnwrappedMessage): UnwrappedMessage {
	const { messageAssociation: _, ...messageContextInfo } = content.messageContextInfo ?? {}
	return {
		message: { ...message, key: { ...message.key, id } },
		content: { ...content, messageContextInfo },
		viewOnce,
	}
}
