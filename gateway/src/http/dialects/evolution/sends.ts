import { z } from '@hono/zod-openapi'
import type { Session } from '../../../session/session.ts'
import type { SendResult } from '../../../session/send/send-result.ts'
import type { Call, Endpoint, Services } from '../dialect.ts'
import { sendsIn } from '../send.ts'
import { refused } from './errors.ts'
import { commonFields, flag } from './fields.ts'
import { messageObject } from './message-object.ts'
import { recipientOf } from './recipient.ts'
import { messageSchema } from './responses.ts'
import { sessionOf } from './session.ts'

/** `POST /message/sendText/{instance}` and its siblings. */
export function sends(services: Services): Endpoint[] {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: messageSchema,
		statuses: [201, 201],
		render: (result, _, call: Call) => sentMessage(sessionOf(services, call), result),
	})
	return [
		send({
			path: '/message/sendText/{instance}',
			summary: 'Send a text message',
			body: z.object({
				...commonFields,
				text: z.string(),
				linkPreview: flag.default(true),
			}),
			async translate({ number, text, linkPreview: link_preview }, call) {
				if (!text.trim()) throw refused('Text is required')
				const to = await recipientOf(sessionOf(services, call), number)
				return {
					type: 'text',
					fields: { to, text, link_preview, check_recipient: false },
					names: { to: 'number' },
				}
			},
		}),
	]
}

/** What the account has just sent, as it was kept. */
export async function sentMessage(session: Session, { message_id: id, to, timestamp }: SendResult) {
	const [{ message }, chat] = await Promise.all([session.raw(id), session.identity(to)])
	return messageObject({
		...{ session: session.id, id, chat, timestamp, message },
		fromMe: true,
		status: 'PENDING',
	})
}
