import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { markMessagesRead, senderDescription } from '../mark-read.ts'
import { chatIdField, instanceFields } from './fields.ts'
import { bareId } from './ids.ts'
import { sessionOf } from './session.ts'

const id = z.string().min(1)

/** `POST /send/seen`. */
export function markRead(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'post',
			path: '/send/seen',
			summary: 'Mark messages as read',
			body: z.object({
				...instanceFields,
				chatId: chatIdField,
				messageId: id
					.optional()
					.meta({ description: 'Id of one message; for several use `messageIds`' }),
				messageIds: z.array(id).min(1).max(1_000).optional(),
				sender: z.string().optional().meta(senderDescription),
			}),
			response: z.object({ success: z.literal(true) }),
			async run(call) {
				const { chatId: chat, messageId, sender } = call.body
				const { messageIds = messageId ? [messageId] : [] } = call.body
				const session = sessionOf(services, call)
				if (!messageIds.length) throw messageIdMissing()
				const message_ids = messageIds.map(bareId)
				await markMessagesRead(session, 'chatId', { chat, message_ids, sender })
				return call.c.json({ success: true })
			},
		}),
	]
}

function messageIdMissing() {
	const advice = '`messageId`: is required. A whole chat cannot be marked as read.'
	return new GatewayError('invalid_request', advice, { field: 'messageId' })
}
