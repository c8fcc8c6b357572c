import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { notSupported, validate } from '../read.ts'
import { sendTranslated } from '../send.ts'
import { textOf, toField } from './fields.ts'
import { sendsOf } from './sends.ts'
import { API, sessionOf } from './session.ts'

const deletion = z.strictObject({
	to: toField,
	forEveryone: z.enum(['true', 'false']).default('true'),
})

/** `POST …/messages/{messageId}/edit` and `DELETE …/messages/{messageId}`. */
export function editAndDelete(services: Services): Endpoint[] {
	const one = `${API}/{sessionId}/messages/{messageId}`
	const send = sendsOf(services)
	return [
		send({
			path: `${one}/edit`,
			summary: 'Edit a message',
			body: z.strictObject({ to: toField, text: textOf(65_536) }),
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
			response: z.object({ status: z.literal('deleted') }),
			async run(call) {
				const session = sessionOf(services, call)
				const { to, forEveryone } = validate(deletion, call.c.req.query())
				if (forEveryone === 'false') throw notSupported('`forEveryone=false`', 'forEveryone')
				await sendTranslated(call, session, {
					type: 'revoke',
					fields: { to, message_id: call.param('messageId') },
					names: { message_id: 'messageId' },
				})
				return call.c.json({ status: 'deleted' })
			},
		}),
	]
}
