import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { instanceFields } from './fields.ts'
import { toWawpJid } from './ids.ts'
import { sessionOf } from './session.ts'

const body = z.object(instanceFields)

const group = z
	.object({ id: z.string(), name: z.string(), participants: z.number().int() })
	.openapi('WawpGroup')

const chat = z
	.object({
		id: z.string(),
		name: z.string().nullable(),
		timestamp: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Unix time of the last message, in seconds' }),
	})
	.openapi('WawpChat')

/** `GET /groups` and `GET /chats`. Wawp does not document the responses. */
export function lists(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'get',
			path: '/groups',
			summary: 'List groups',
			body,
			response: z.array(group),
			async run(call) {
				const groups = await sessionOf(services, call).directory.groups()
				return call.c.json(
					groups.map(({ jid: id, name, participant_count: participants }) => ({
						id,
						name,
						participants,
					})),
				)
			},
		}),
		endpoint({
			method: 'get',
			path: '/chats',
			summary: 'List chats',
			body,
			response: z.array(chat),
			async run(call) {
				const chats = await sessionOf(services, call).directory.chats()
				return call.c.json(
					chats.map(({ id, name, last_message_at: at }) => ({
						id: toWawpJid(id),
						name,
						timestamp: at && Math.floor(Date.parse(at) / 1000),
					})),
				)
			},
		}),
	]
}
