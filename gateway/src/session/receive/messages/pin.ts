import { proto } from '@whiskeysockets/baileys'
import type { Reading } from './define.ts'
import { aboutOf } from './target-message.ts'

const { PIN_FOR_ALL } = proto.Message.PinInChatMessage.Type

export const readPin: Reading = (arrived, receiver) => {
	const { pinInChatMessage: pin, messageContextInfo: context } = arrived.content
	if (!pin?.key?.id) return undefined
	const pinned = pin.type === PIN_FOR_ALL
	const duration_seconds = (pinned && context?.messageAddOnDurationInSecs) || null
	const data = { ...aboutOf(pin.key.id, arrived, receiver), pinned, duration_seconds }
	return { happening: { type: 'message.pinned', data }, changes: [] }
}
