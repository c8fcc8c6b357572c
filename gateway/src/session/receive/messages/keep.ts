import { proto } from '@whiskeysockets/baileys'
import type { MessageReader } from './define.ts'
import { targetFields } from './target-message.ts'

export const readKeep: MessageReader = (unwrapped, deps) => {
	const { key, keepType } = unwrapped.content.keepInChatMessage!
	if (!key?.id) return undefined
	const kept = keepType === proto.KeepType.KEEP_FOR_ALL
	const data = { ...targetFields(key.id, unwrapped, deps), kept }
	return { event: { type: 'message.kept', data }, changes: [] }
}
