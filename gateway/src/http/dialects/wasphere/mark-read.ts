import { z } from '@hono/zod-openapi'
import { markRead as markMessagesRead } from '../../../session/actions/mark-read.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
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
				sender: toField.optional().meta({
					description:
						'Author of the messages: needed in a group if the gateway does not know them',
				}),
			}),
			response: statusSent,
			async run(call) {
				const { to: chat, messageIds: message_ids, sender } = call.body
				const session = sessionOf(services, call)
				await withForeignFieldNames({ chat_jid: 'to' }, () =>
					session.withSocket((deps) => markMessagesRead(deps, { chat, message_ids, sender })),
				)
				return call.c.json({ status: 'sent' })
			},
		}),
	]
}
