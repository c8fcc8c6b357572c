import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { markMessagesRead, senderDescription } from '../mark-read.ts'
import { messageIdField, statusSent, toField } from './fields.ts'
import { API, sessionOf } from './session.ts'

/** `POST …/messages/read`. */
export function markRead(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'post',
			path: `${API}/{sessionId}/messages/read`,
			summary: 'Mark messages as read',
			body: z.strictObject({
				to: toField,
				messageIds: z.array(messageIdField).min(1).max(100),
				sender: toField.optional().meta(senderDescription),
			}),
			response: statusSent,
			async run(call) {
				const { to: chat, messageIds: message_ids, sender } = call.body
				const session = sessionOf(services, call)
				await markMessagesRead(session, 'to', { chat, message_ids, sender })
				return call.c.json({ status: 'sent' })
			},
		}),
	]
}
