import { z } from '@hono/zod-openapi'
import { newMessageId } from '../../../../session/send/message-id.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { bareIdOf } from '../message-id.ts'
import { sentSchema } from '../responses.ts'
import { sentMessage } from '../sends/sent.ts'
import { sessionOf, workingSession } from '../session.ts'
import { statusPosts } from './post.ts'

const path = '/api/{session}/status'

/** `/api/{session}/status/…`: status updates of the account. */
export const statuses = (services: Services): Endpoint[] => [
	...statusPosts(services),
	endpoint({
		method: 'post',
		path: `${path}/delete`,
		summary: 'Delete a status',
		action: 'send',
		body: z.object({ id: z.string().min(1), contacts: z.array(z.string().min(1)).nullish() }),
		response: sentSchema,
		statuses: [201],
		async run(call) {
			const { id, contacts } = call.body
			const session = await workingSession(services, call)
			const audience = contacts?.length ? contacts : undefined
			const sent = await withForeignFieldNames({ message_id: 'id', audience: 'contacts' }, () =>
				session.statuses.remove(bareIdOf(id), audience),
			)
			return call.c.json(await sentMessage(session, sent), 201)
		},
	}),
	{
		method: 'get',
		path: `${path}/new-message-id`,
		summary: 'Make an id for a status',
		action: 'send',
		response: z.object({ id: z.string() }),
		run(call) {
			sessionOf(services, call)
			return call.c.json({ id: newMessageId() })
		},
	},
]
