import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { markMessagesRead, senderDescription } from '../mark-read.ts'
import { successResponse, toField } from './fields.ts'
import { sessionOf } from './session.ts'

/** `POST /sessions/{id}/read`. */
export function markRead(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'post',
			path: '/{id}/read',
			summary: 'Mark messages as read',
			body: z.object({
				chatId: toField,
				messageIds: z.array(z.string().min(1)).min(1).max(1_000),
				sender: toField.optional().meta(senderDescription),
			}),
			response: successResponse,
			async run(call) {
				const { chatId: chat, messageIds: message_ids, sender } = call.body
				const session = sessionOf(services, call)
				await markMessagesRead(session, 'chatId', { chat, message_ids, sender })
				return call.c.json({ success: true })
			},
		}),
	]
}
