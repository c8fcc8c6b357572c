import { z } from '@hono/zod-openapi'
import type { Endpoint, Services } from '../dialect.ts'
import { sessionOf } from './session.ts'

const response = z
	.object({
		groups: z.array(z.object({ id: z.string(), name: z.string(), participants: z.number().int() })),
	})
	.openapi('WaFastApiGroups')

/** `GET /whatsapp/get/groups`. */
export function groups(services: Services): Endpoint[] {
	return [
		{
			method: 'get',
			path: '/whatsapp/get/groups',
			summary: 'List groups',
			response,
			async run(call) {
				const found = await sessionOf(services, call).directory.groups()
				const groups = found.map(({ jid: id, name, participant_count: participants }) => ({
					id,
					name,
					participants,
				}))
				return call.c.json({ groups })
			},
		},
	]
}
