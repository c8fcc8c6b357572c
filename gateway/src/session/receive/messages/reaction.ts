import type { Reading } from './define.ts'
import { aboutOf } from './target-message.ts'

export const readReaction: Reading = (arrived, receiver) => {
	const { key, text } = arrived.content.reactionMessage!
	if (!key?.id) return undefined
	const data = { ...aboutOf(key.id, arrived, receiver), emoji: text || null }
	return { happening: { type: 'message.reaction', data }, changes: [] }
}
