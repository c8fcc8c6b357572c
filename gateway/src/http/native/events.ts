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

const number = z.coerce.number().int().min(0)
const count = z.coerce.number().int().min(1).max(1000)

const types = z
	.string()
	.transform((text) => text.split(','))
	.pipe(wantedTypes)
	.optional()
	.meta({ description: 'Only these, separated by commas', examples: ['message.*'] })

const searchedSchema = z
	.object({ first: z.number().int(), last: z.number().int() })
	.nullable()
	.meta({
		description:
			'The seqs of the first and the last event that were looked at; null if there are none there',
	})

const list = createRoute({
	method: 'get',
	path: '/sessions/{session}/events',
	summary: 'List events',
	description:
		'To miss no event, list again with `after` set to `searched.last`. To page back, list with `before` set to ' +
		'`searched.first`. A list with `types` looks at 10,000 events at most: go on until `searched` is null.',
	request: {
		params: sessionParam,
		query: z
			.object({
				after: number.optional().meta({ description: 'Only events after this seq, oldest first' }),
				before: number.optional().meta({
					description: 'Only events before this seq: without `after` those next to it',
				}),
				last: count.optional().meta({ description: 'The newest so many events' }),
				limit: count.optional().meta({ description: 'At most so many events; 100, if left out' }),
				types,
			})
			.refine(({ last, limit }) => last === undefined || limit === undefined, {
				path: ['limit'],
				error: 'does not go with `last`, which says how many already',
			}),
	},
	responses: {
		200: {
			description: 'Events in their order; they are kept for 14 days',
			...json(z.object({ events: z.array(eventSchema), searched: searchedSchema })),
		},
		...problems,
	},
})

const show = createRoute({
	method: 'get',
	path: '/sessions/{session}/events/{seq}',
	summary: 'Get an event',
	description:
		'Events that a webhook has not accepted can be read for as long as their deliveries are kept.',
	request: { params: sessionParam.extend({ seq: number.openapi({ param: { required: true } }) }) },
	responses: { 200: { description: 'The event', ...json(eventSchema) }, ...problems },
})

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
			types,
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
		const { types, last, limit = 100, after, before } = c.req.valid('query')
		const found = await sessions.get(c.req.valid('param').session).searchEvents({
			after,
			before,
			limit: last ?? limit,
			newest: last !== undefined || (before !== undefined && after === undefined),
			wants: types && typeTest(types),
		})
		return c.json(found, 200)
	})
	app.openapi(stream, async (c) => {
		const { after, types = ['*'] } = c.req.valid('query')
		const known = c.req.valid('header')['last-event-id'] ?? after
		const { id } = sessions.get(c.req.valid('param').session)
		const body = await delivery.stream(id, known, typeTest(types))
		return c.body(body, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
	})
	// After `stream`, which is no number.
	app.openapi(show, async (c) => {
		const { session, seq } = c.req.valid('param')
		return c.json(await sessions.get(session).event(seq), 200)
	})
	return app
}
