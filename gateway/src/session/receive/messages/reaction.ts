import type { MessageReader } from './define.ts'
import { targetFields } from './target-message.ts'

export const readReaction: MessageReader = (unwrapped, deps) => {
	const { key, text } = unwrapped.content.reactionMessage!
	if (!key?.id) return undefined
	const data = { ...targetFields(key.id, unwrapped, deps), emoji: text || null }
	return { event: { type: 'message.reaction', data }, changes: [] }
}
