import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { count } from '../fields.ts'
import { readChat, readIdsSchema } from '../sends/seen.ts'
import { workingSession } from '../session.ts'

/** `POST …/messages/read`. */
export const readMessages = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/api/{session}/chats/{chatId}/messages/read',
		summary: 'Mark the newest messages of a chat as read',
		action: 'send',
		body: z.object({ messages: count.optional(), days: count.default(7) }),
		response: readIdsSchema,
		statuses: [201],
		async run(call) {
			const session = await workingSession(services, call)
			const { messages, days } = call.body
			const ids = await readChat(session, call.param('chatId'), {
				messages: messages || undefined,
				days,
			})
			return call.c.json({ ids }, 201)
		},
	})
