import { z } from '@hono/zod-openapi'
import { labelChat } from '../../../session/actions/labels/assign.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { recipientOf } from './recipient.ts'
import { sessionOf } from './session.ts'

const label = z.object({
	id: z.string(),
	name: z.string(),
	color: z.string(),
	predefinedId: z.string().nullable(),
})

/** `/label/findLabels` and `/label/handleLabel`. */
export const labels = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: '/label/findLabels/{instance}',
		summary: 'List the labels of a business account',
		response: z.array(label),
		async run(call) {
			const found = await sessionOf(services, call).directory.labels()
			return call.c.json(
				found.map(({ label_id: id, name, color }) => ({
					...{ id, name, color: String(color), predefinedId: null },
				})),
			)
		},
	}),
	endpoint({
		method: 'post',
		path: '/label/handleLabel/{instance}',
		summary: 'Give a label to a chat, or take it away',
		body: z.object({
			number: z.string().min(1),
			labelId: z.string().min(1),
			action: z.enum(['add', 'remove']),
		}),
		response: z.looseObject({ numberJid: z.string(), labelId: z.string() }),
		async run(call) {
			const { number, labelId, action } = call.body
			const session = sessionOf(services, call)
			const numberJid = await recipientOf(session, number)
			await session.withSocket((deps) => labelChat(deps, numberJid, labelId, action === 'add'))
			return call.c.json({ numberJid, labelId, [action]: true })
		},
	}),
]
