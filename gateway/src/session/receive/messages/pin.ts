import { proto } from '@whiskeysockets/baileys'
import type { MessageReader } from './define.ts'
import { targetFields } from './target-message.ts'

const { PIN_FOR_ALL } = proto.Message.PinInChatMessage.Type

export const readPin: MessageReader = (unwrapped, deps) => {
	const { pinInChatMessage: pin, messageContextInfo: context } = unwrapped.content
	if (!pin?.key?.id) return undefined
	const pinned = pin.type === PIN_FOR_ALL
	const duration_seconds = (pinned && context?.messageAddOnDurationInSecs) || null
	const data = { ...targetFields(pin.key.id, unwrapped, deps), pinned, duration_seconds }
	return { event: { type: 'message.pinned', data }, changes: [] }
}
