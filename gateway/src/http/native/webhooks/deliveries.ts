import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../../session/sessions.ts'
import type { Delivery } from '../../../delivery/index.ts'
import type { Webhooks } from '../../../delivery/registry/webhooks.ts'
import type { AppEnv } from '../../api-keys/caller.ts'
import { json, jsonBody, problems, rejectInvalid } from '../../openapi/schemas.ts'
import { webhookParam } from './index.ts'

const one = '/sessions/{session}/webhooks/{webhook}'

const deliverySchema = z
	.object({
		event_id: z.string().meta({ description: 'The `webhook-id` of every attempt' }),
		seq: z.number().int(),
		type: z.string(),
		chat: z.string().nullable(),
		state: z.enum(['pending', 'dead']),
		attempts: z.number().int(),
		why: z.string().nullable().meta({ description: 'Reason of the last failure' }),
		next_attempt_at: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'null if it waits for others, or is due' }),
		given_up_at: z.iso.datetime().nullable(),
	})
	.openapi('Delivery')

const list = createRoute({
	method: 'get',
	path: `${one}/deliveries`,
	summary: 'List undelivered events',
	request: {
		params: webhookParam,
		query: z.object({
			state: z
				.enum(['pending', 'dead'])
				.default('pending')
				.meta({ description: 'pending: it waits or is offered again; dead: it was given up' }),
			after: z.coerce.number().int().min(0).default(0).meta({ description: 'The last seq seen' }),
			limit: z.coerce.number().int().min(1).max(1000).default(100),
		}),
	},
	responses: {
		200: {
			description: 'In the order of the events; dead letters are kept for 30 days',
			...json(z.object({ deliveries: z.array(deliverySchema), total: z.number().int() })),
		},
		...problems,
	},
})

const replay = createRoute({
	method: 'post',
	path: `${one}/replay`,
	summary: 'Replay events',
	description: 'Replayed events have their original ids, so that receivers recognize repetitions.',
	request: {
		params: webhookParam,
		body: jsonBody(
			z.union([
				z.strictObject({ state: z.literal('dead').meta({ description: 'All that was given up' }) }),
				z.strictObject({ event_ids: z.array(z.string()).min(1).max(1000) }),
				z.strictObject({
					after: z.number().int().min(0).meta({ description: 'All after the event with this seq' }),
				}),
			]),
		),
	},
	responses: {
		202: {
			description: 'They are on their way',
			...json(z.object({ replayed: z.number().int() })),
		},
		...problems,
	},
})

const discard = createRoute({
	method: 'delete',
	path: `${one}/deliveries`,
	summary: 'Give up undelivered events',
	description:
		'Dead letters are deleted, and events that wait are not delivered to this webhook; the event log keeps its own. An event ' +
		'that is being delivered is not given up: the answer is 409 `delivery_in_progress` then, and nothing is deleted.',
	request: {
		params: webhookParam,
		body: jsonBody(
			z.union([
				z.strictObject({ state: z.literal('dead').meta({ description: 'All that was given up' }) }),
				z.strictObject({
					event_ids: z
						.array(z.string())
						.min(1)
						.max(1000)
						.meta({ description: 'Of events that wait, or were given up' }),
				}),
			]),
		),
	},
	responses: {
		200: { description: 'They are gone', ...json(z.object({ deleted: z.number().int() })) },
		...problems,
	},
})

const test = createRoute({
	method: 'post',
	path: `${one}/test`,
	summary: 'Send a test event',
	description: 'Sends a `webhook.test` event and returns the response of the receiver.',
	request: { params: webhookParam },
	responses: {
		200: {
			description: 'The result',
			...json(
				z.object({
					taken: z.boolean(),
					status: z.number().int().nullable().meta({ description: 'null if there was no answer' }),
					why: z.string().nullable(),
					answer: z
						.string()
						.nullable()
						.meta({ description: 'The beginning of the response; for admins only' }),
				}),
			),
		},
		...problems,
	},
})

/** What becomes of deliveries: `/sessions/{session}/webhooks/{webhook}/deliveries`, `replay` and `test`. */
export function deliveryRoutes(sessions: Sessions, webhooks: Webhooks, delivery: Delivery) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(list, async (c) => {
		const { session, webhook } = c.req.valid('param')
		const found = webhooks.get(sessions.get(session).id, webhook)
		return c.json(await delivery.list(found, c.req.valid('query')), 200)
	})
	app.openapi(replay, async (c) => {
		const { session, webhook } = c.req.valid('param')
		const which = c.req.valid('json')
		const found = webhooks.get(sessions.get(session).id, webhook)
		return c.json({ replayed: await delivery.replay(found, which) }, 202)
	})
	app.openapi(discard, async (c) => {
		const { session, webhook } = c.req.valid('param')
		const found = webhooks.get(sessions.get(session).id, webhook)
		return c.json({ deleted: await delivery.discard(found, c.req.valid('json')) }, 200)
	})
	app.openapi(test, async (c) => {
		const { session, webhook } = c.req.valid('param')
		const found = webhooks.get(sessions.get(session).id, webhook)
		const { status, why, answer } = await delivery.test(found)
		const isAdmin = c.get('caller').role === 'admin'
		return c.json({ taken: why === null, status, why, answer: isAdmin ? answer : null }, 200)
	})
	return app
}
