import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { cannot, check } from '../read.ts'
import { sendAs } from '../send.ts'
import { limited, to } from './fields.ts'
import { sendsOf } from './sends.ts'
import { API, sessionOf } from './session.ts'

const deletion = z.strictObject({ to, forEveryone: z.enum(['true', 'false']).default('true') })

/** What is done to messages that were sent: `POST …/messages/{messageId}/edit`, `DELETE …/messages/{messageId}`. */
export function changes(services: Services): Endpoint[] {
	const one = `${API}/{sessionId}/messages/{messageId}`
	const edited = sendsOf(services)
	return [
		edited({
			path: `${one}/edit`,
			summary: 'Change the text of a message',
			body: z.strictObject({ to, text: limited(65_536) }),
			translate: ({ to, text }, call) => ({
				type: 'edit',
				fields: { to, message_id: call.param('messageId'), text },
				names: { message_id: 'messageId' },
			}),
		}),
		endpoint({
			method: 'delete',
			path: one,
			summary: 'Delete a message for everyone',
			query: deletion,
			answer: z.object({ status: z.literal('deleted') }),
			async run(call) {
				const session = sessionOf(services, call)
				const { to, forEveryone } = check(deletion, call.c.req.query())
				if (forEveryone === 'false') throw cannot('`forEveryone=false`', 'forEveryone')
				await sendAs(call, session, {
					type: 'revoke',
					fields: { to, message_id: call.param('messageId') },
					names: { message_id: 'messageId' },
				})
				return call.c.json({ status: 'deleted' })
			},
		}),
	]
}
