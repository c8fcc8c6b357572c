import { z } from '@hono/zod-openapi'
import { markRead } from '../../../session/actions/mark-read.ts'
import { GatewayError } from '../../../errors.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../names.ts'
import { chatId, instance } from './fields.ts'
import { bareId } from './ids.ts'
import { sessionOf } from './session.ts'

const id = z.string().min(1)

/** `POST /send/seen`. */
export function markReadEndpoints(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'post',
			path: '/send/seen',
			summary: 'Mark messages as read',
			body: z.object({
				...instance,
				chatId,
				messageId: id.optional().meta({ description: 'One id, or `messageIds` with several' }),
				messageIds: z.array(id).min(1).max(1_000).optional(),
				sender: z.string().optional().meta({
					description: 'In a group: who wrote messages that are no longer remembered',
				}),
			}),
			answer: z.object({ success: z.literal(true) }),
			async run(call) {
				const { chatId: chat, messageId, sender } = call.body
				const { messageIds = messageId ? [messageId] : [] } = call.body
				const session = sessionOf(services, call)
				if (!messageIds.length) throw noMessage()
				const message_ids = messageIds.map(bareId)
				await withForeignFieldNames({ chat_jid: 'chatId' }, () =>
					session.withSocket((memory) => markRead(memory, { chat, message_ids, sender })),
				)
				return call.c.json({ success: true })
			},
		}),
	]
}

function noMessage() {
	const advice = '`messageId`: is required; a whole chat cannot be marked as read.'
	return new GatewayError('invalid_request', advice, { field: 'messageId' })
}
