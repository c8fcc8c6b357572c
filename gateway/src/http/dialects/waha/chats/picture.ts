import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { flag } from '../fields.ts'
import { workingSession } from '../session.ts'

/** Asks WhatsApp, although the answer of the last day may be known. */
export const refreshField = flag.default(false)

/** `GET …/chats/{chatId}/picture`. */
export const chatPicture = (services: Services): Endpoint =>
	endpoint({
		method: 'get',
		path: '/api/{session}/chats/{chatId}/picture',
		summary: 'Get the picture of a chat',
		action: 'read',
		body: z.object({ refresh: refreshField }),
		response: z.object({ url: z.string().nullable() }),
		async run(call) {
			const session = await workingSession(services, call)
			const url = await withForeignFieldNames({ jid: 'chatId' }, () =>
				session.pictures.urlOf(call.param('chatId'), { fresh: call.body.refresh }),
			)
			return call.c.json({ url })
		},
	})
