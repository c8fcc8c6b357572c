import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../session/sessions.ts'
import type { Delivery } from '../../delivery/index.ts'
import { typeTest, wantedTypes } from '../../delivery/registry/filter.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { json, problems, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const eventSchema = z
	.looseObject({
		id: z.string(),
		type: z.string().meta({ examples: ['message.received'] }),
		timestamp: z.iso.datetime(),
		session: z.string(),
		seq: z.number().int().meta({ description: 'Grows by one with each event of the session' }),
		data: z.looseObject({}),
	})
	.openapi('Event')

const list = createRoute({
	method: 'get',
	path: '/sessions/{session}/events',
	summary: 'List events',
	description: 'To miss no event, list again with `after` set to the last `seq`.',
	request: {
		params: sessionParam,
		query: z.object({
			after: z.coerce.number().int().min(0).default(0).meta({ description: 'The last seq known' }),
			limit: z.coerce.number().int().min(1).max(1000).default(100),
		}),
	},
	responses: {
		200: {
			description: 'Events in their order; they are kept for 14 days',
			...json(z.object({ events: z.array(eventSchema) })),
		},
		...problems,
	},
})

const number = z.coerce.number().int().min(0)

const stream = createRoute({
	method: 'get',
	path: '/sessions/{session}/events/stream',
	summary: 'Stream events (SSE)',
	description:
		'Server-sent events: `data` is the event, `id` its `seq`. A client that reconnects with `Last-Event-ID` misses no event.',
	request: {
		params: sessionParam,
		headers: z.object({ 'last-event-id': number.optional() }),
		query: z.object({
			after: number.optional().meta({ description: 'The last seq known; now, if left out' }),
			types: z
				.string()
				.transform((text) => text.split(','))
				.pipe(wantedTypes)
				.optional()
				.meta({ description: 'Only these, separated by commas', examples: ['message.*'] }),
		}),
	},
	responses: {
		200: {
			description: 'The stream; it ends when either side closes it',
			content: { 'text/event-stream': { schema: z.string() } },
		},
		...problems,
	},
})

/** `/sessions/{session}/events`: the event log. */
export function eventRoutes(sessions: Sessions, delivery: Delivery) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(list, async (c) => {
		const { after, limit } = c.req.valid('query')
		const events = await sessions.get(c.req.valid('param').session).events(after, limit)
		return c.json({ events }, 200)
	})
	app.openapi(stream, async (c) => {
		const { after, types = ['*'] } = c.req.valid('query')
		const known = c.req.valid('header')['last-event-id'] ?? after
		const { id } = sessions.get(c.req.valid('param').session)
		const body = await delivery.stream(id, known, typeTest(types))
		return c.body(body, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
	})
	return app
}
