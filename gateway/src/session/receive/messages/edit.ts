import { withFileOf } from '../../../messages/media-node.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { isSame } from '../../identity.ts'
import { describeMessage } from '../describe-message.ts'
import type { MessageReader } from './define.ts'
import { targetFields, findTarget } from './target-message.ts'

export const readEdit: MessageReader = async (unwrapped, deps) => {
	const { key, editedMessage } = unwrapped.content.protocolMessage!
	if (!key?.id || !editedMessage) return undefined
	const about = targetFields(key.id, unwrapped, deps)
	const target = await findTarget(key.id, about.chat, deps)
	if (target && !unwrapped.byAnyone && !isSame(target.author, about.sender)) return undefined
	// A caption is changed without its file being named again.
	const edited = target ? withFileOf(editedMessage, target.content) : editedMessage
	const message = { key: { ...unwrapped.message.key, id: key.id }, message: edited }
	const data = {
		...describeMessage({ ...unwrapped.message, ...message }, unwrap(edited), deps),
		...about,
	}
	const changes = target ? await deps.messages.edited(key.id, edited, about.timestamp) : []
	return { event: { type: 'message.edited', data }, changes }
}
