import { proto } from '@whiskeysockets/baileys'
import type { Reading } from './define.ts'
import { aboutOf } from './target-message.ts'

export const readKeep: Reading = (arrived, receiver) => {
	const { key, keepType } = arrived.content.keepInChatMessage!
	if (!key?.id) return undefined
	const kept = keepType === proto.KeepType.KEEP_FOR_ALL
	const data = { ...aboutOf(key.id, arrived, receiver), kept }
	return { happening: { type: 'message.kept', data }, changes: [] }
}
