import { withFileOf } from '../../../messages/media-node.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { describe } from '../describe-message.ts'
import type { Reading } from './define.ts'
import { aboutOf, targetOf } from './target-message.ts'

export const readEdit: Reading = async (arrived, receiver) => {
	const { key, editedMessage } = arrived.content.protocolMessage!
	if (!key?.id || !editedMessage) return undefined
	const about = aboutOf(key.id, arrived, receiver)
	const target = await targetOf(key.id, about.chat, receiver)
	if (target && target.author.id !== about.sender.id) return undefined
	// A caption is changed without its file being named again.
	const edited = target ? withFileOf(editedMessage, target.content) : editedMessage
	const message = { key: { ...arrived.message.key, id: key.id }, message: edited }
	const data = {
		...describe({ ...arrived.message, ...message }, unwrap(edited), receiver),
		...about,
	}
	const changes = target ? await receiver.messages.edited(key.id, edited, about.timestamp) : []
	return { happening: { type: 'message.edited', data }, changes }
}
