import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { notFound } from '../errors.ts'
import { bareIdOf } from '../message-id.ts'
import { waMessageSchema } from '../responses.ts'
import { workingSession } from '../session.ts'
import { listFields } from './filters.ts'
import { keptMessage } from './kept.ts'

/** `GET …/messages/{messageId}`. */
export const messageById = (services: Services): Endpoint =>
	endpoint({
		method: 'get',
		path: '/api/{session}/chats/{chatId}/messages/{messageId}',
		summary: 'Get a message',
		action: 'read',
		body: z.object({ downloadMedia: listFields.downloadMedia, merge: listFields.merge }),
		response: waMessageSchema,
		async run(call) {
			const session = await workingSession(services, call)
			const [id, chat] = [bareIdOf(call.param('messageId')), call.param('chatId')]
			const found = await withForeignFieldNames({ jid: 'chatId' }, () =>
				session.kept.find(id, chat),
			)
			if (!found) throw notFound('Message not found', 'message_not_found')
			return call.c.json(await keptMessage(session, found, call.body.downloadMedia))
		},
	})
