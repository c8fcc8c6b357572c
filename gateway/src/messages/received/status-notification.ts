import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'
import { nameAt } from '../protobuf-numbers.ts'

const STATUS_MENTION = 25 // ProtocolMessage.Type

// In the order of StatusNotificationMessage.StatusNotificationType.
const kinds = [undefined, 'add_yours', 'reshare', 'question_answer_reshare'] as const

export const statusNotification = defineReceived({
	type: 'status-notification',
	title: 'Status Notification',
	description:
		"Somebody mentioned this account or the group in a status, shared the account's status, or reacted to it with a sticker.",
	schema: z.object({
		kind: z
			.enum(['mention', 'add_yours', 'reshare', 'question_answer_reshare', 'sticker'])
			.optional(),
		status_message_id: z.string().optional().meta({ description: 'Id of the new status' }),
		original_message_id: z
			.string()
			.optional()
			.meta({ description: 'Id of the status that it was made of' }),
		sticker: z.string().optional(),
	}),
	fromContent({
		protocolMessage: protocol,
		statusNotificationMessage: notification,
		statusStickerInteractionMessage: interaction,
	}) {
		if (protocol?.type === STATUS_MENTION)
			return { kind: 'mention' as const, status_message_id: protocol.key?.id || undefined }
		if (interaction)
			return {
				kind: 'sticker' as const,
				original_message_id: interaction.key?.id || undefined,
				sticker: interaction.stickerKey || undefined,
			}
		if (!notification) return undefined
		return {
			kind: nameAt(kinds, notification.type),
			status_message_id: notification.responseMessageKey?.id || undefined,
			original_message_id: notification.originalMessageKey?.id || undefined,
		}
	},
})
