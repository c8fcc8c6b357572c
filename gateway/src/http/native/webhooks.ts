import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../session/sessions.ts'
import type { Delivery } from '../../delivery/index.ts'
import { eventFilter, wantedTypes } from '../../delivery/registry/filter.ts'
import { OWN_FORMAT } from '../../delivery/formats.ts'
import type { Webhook, Webhooks } from '../../delivery/registry/webhooks.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { formatNames, formatEventTypes } from '../webhook-formats.ts'
import { json, jsonBody, problems, refuseInvalid, sessionParam } from '../openapi/schemas.ts'
import { eventNames } from '../dialects/wa-rs/events.ts'

/** Ours, and what the connection itself needs. */
const ownHeaders =
	/^(webhook-|content-|transfer-|proxy-|(host|connection|keep-alive|upgrade|expect|te|trailer)$)/i

const headers = z
	.record(
		z
			.string()
			.regex(/^[\w!#$%&'*+.^`|~-]{1,100}$/, 'is not the name of a header')
			.refine((name) => !ownHeaders.test(name), 'is a header that the gateway sets'),
		z.string().regex(/^[\t\x20-\x7e]{0,2000}$/, 'is not the value of a header'),
	)
	.transform((given) =>
		Object.fromEntries(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value])),
	)

const merge = z
	.strictObject({
		quiet: z
			.number()
			.min(0.1)
			.max(300)
			.meta({
				description: 'After so many seconds without another they are told',
				examples: [5],
			}),
		longest: z
			.number()
			.min(0.1)
			.max(3600)
			.default(60)
			.meta({
				description: 'So many seconds after the first they are told anyway',
				examples: [60],
			}),
	})
	.openapi('Merge')

const settings = z.object({
	url: z
		.url({ protocol: /^https?$/ })
		.meta({ title: 'URL', examples: ['https://example.com/hook'] }),
	events: wantedTypes.optional().meta({
		title: 'Events',
		description: 'Types, `message.*`, or `*`: all but `history.*`; that, if left out',
	}),
	filter: eventFilter.optional(),
	merge: merge.nullable().optional().meta({
		title: 'Merge',
		description:
			'Tells the messages that one person sends in a burst as one event: `text` is all they wrote, `messages` are the single ones',
	}),
	headers: headers
		.optional()
		.meta({ title: 'Headers', description: 'Sent with every delivery; never shown again' }),
	raw: z.boolean().optional().meta({
		title: 'Raw',
		description:
			'Whether events of messages have `raw`: the WhatsApp message as JSON. For what comes from then on; off, if left out',
	}),
	format: z
		.enum(formatNames)
		.optional()
		.meta({
			title: 'Format',
			description:
				'The payload, the names of events and the signature: ours, if left out, or those of another system. ' +
				'`events` and `filter` have our names all the same; with `wa-rs`, `events` may have its own. ' +
				`${formatEventTypes} can be told; what a system ` +
				'has no name for is not delivered. The headers `webhook-id`, `webhook-timestamp` and ' +
				'`webhook-signature` are there in every format.',
		}),
})

const ownSecret = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/

const newSettings = settings.extend({
	secret: z
		.string()
		.min(1)
		.max(200)
		.optional()
		.meta({
			title: 'Secret',
			description:
				'For the signature; made up, if left out. `whsec_` and 24 to 64 bytes in base64 or, with the format ' +
				'of another system, any text',
			examples: ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'],
		}),
	from: z
		.union([z.literal('now'), z.number().int().min(0), z.iso.datetime({ offset: true })])
		.optional()
		.meta({
			title: 'From',
			description: 'Where to begin: `now`, after the event with this `seq`, or at a time',
			examples: ['now', 1234, '2026-11-21T12:00:00Z'],
		}),
	resume: z
		.string()
		.regex(/^[\w.:-]{1,100}$/, 'takes letters, digits and . : _ -, up to 100')
		.optional()
		.meta({
			title: 'Resume',
			description:
				'A name under which its place is kept for 14 days after it is deleted: a webhook with the same name goes on there',
		}),
	catch_up: z
		.strictObject({
			hours: z.number().positive().max(336).optional(),
			events: z.number().int().min(0).max(100_000).optional(),
		})
		.optional()
		.meta({
			title: 'Catch up',
			description: 'How much of what happened meanwhile one who comes back gets, at the most',
		}),
	once: z.boolean().optional().meta({
		title: 'Once',
		description: 'It is deleted when one event was taken',
	}),
	until: z.iso
		.datetime({ offset: true })
		.optional()
		.meta({
			title: 'Until',
			description: 'When it is deleted: its target is told with `webhook.expired`',
			examples: ['2026-11-22T12:00:00Z'],
		}),
	disabled: z.boolean().optional().meta({ title: 'Disabled' }),
	event_names: z
		.array(z.string().max(100))
		.max(100)
		.nullable()
		.optional()
		.meta({
			title: 'Event Names',
			description: 'Only what has one of these names in `format`',
			examples: [['message']],
		}),
})

/** WA-RS' clients give their own names in `events`. */
function theirNamesApart(given: unknown): unknown {
	const { format, events } = (given ?? {}) as { format?: unknown; events?: unknown }
	if (format !== 'wa-rs' || !Array.isArray(events) || events.length === 0) return given
	if (!events.every((name) => eventNames.includes(name))) return given
	const event_names = events.includes('all') ? null : events
	return { ...(given as object), events: undefined, event_names }
}

const checkedWebhook = newSettings.refine(
	({ secret, format = OWN_FORMAT }) =>
		secret === undefined || format !== OWN_FORMAT || ownSecret.test(secret),
	{
		path: ['secret'],
		message:
			'must be whsec_ and 24 to 64 bytes in base64; any text will do with the `format` of another system',
	},
)

export const newWebhook = z.preprocess(theirNamesApart, checkedWebhook)

export const webhookSchema = z
	.object({
		id: z.string(),
		url: z.string(),
		events: z.array(z.string()),
		filter: eventFilter,
		merge: merge.nullable(),
		header_names: z.array(z.string()),
		raw: z.boolean(),
		format: z.enum(formatNames),
		event_names: z.array(z.string()).nullable().meta({
			description:
				'Only what has one of these names in its format: set at the address of that system',
		}),
		resume: z.string().nullable(),
		once: z.boolean(),
		until: z.iso.datetime({ offset: true }).nullable(),
		created_at: z.iso.datetime(),
		disabled_at: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'Since when nothing is sent: on request, or after a 410 Gone' }),
		previous_secret_until: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'Until when deliveries are signed with the old secret as well' }),
		delivery: z
			.object({
				pending: z.number().int().meta({ description: 'Events that wait' }),
				dead: z.number().int().meta({ description: 'Events that were given up' }),
				down_since: z.iso
					.datetime()
					.nullable()
					.meta({ description: 'Since when the target is only probed' }),
			})
			.nullable()
			.meta({ description: 'null while it is disabled, or just starts' }),
	})
	.openapi('Webhook')

const withSecret = webhookSchema.extend({ secret: z.string() })
export const webhookParam = sessionParam.extend({ webhook: z.string() })

const path = '/sessions/{session}/webhooks'
const one = `${path}/{webhook}`

const list = createRoute({
	method: 'get',
	path,
	summary: 'List the webhooks of a session',
	request: { params: sessionParam },
	responses: {
		200: {
			description: 'Without their secrets',
			...json(z.object({ webhooks: z.array(webhookSchema), total: z.number().int() })),
		},
		...problems,
	},
})

const create = createRoute({
	method: 'post',
	path,
	summary: 'Have events sent to a URL',
	request: { params: sessionParam, body: jsonBody(newWebhook) },
	responses: {
		201: { description: 'The secret is shown this once', ...json(withSecret) },
		...problems,
	},
})

const show = createRoute({
	method: 'get',
	path: one,
	summary: 'Show a webhook',
	request: { params: webhookParam },
	responses: { 200: { description: 'Without its secret', ...json(webhookSchema) }, ...problems },
})

const update = createRoute({
	method: 'patch',
	path: one,
	summary: 'Change a webhook',
	description:
		'What is not named stays. While it is disabled its place is kept: what the log still has when it is enabled is sent then.',
	request: {
		params: webhookParam,
		body: jsonBody(
			settings.partial().extend({
				disabled: z.boolean().optional().meta({ title: 'Disabled' }),
			}),
		),
	},
	responses: { 200: { description: 'As it is now', ...json(webhookSchema) }, ...problems },
})

const rotate = createRoute({
	method: 'post',
	path: `${one}/rotate`,
	summary: 'Give a webhook a new secret',
	description:
		'For 24 hours `webhook-signature` has both, separated by a space. A signature of another system is made ' +
		'with the new one at once.',
	request: { params: webhookParam },
	responses: {
		200: { description: 'The secret is shown this once', ...json(withSecret) },
		...problems,
	},
})

const remove = createRoute({
	method: 'delete',
	path: one,
	summary: 'Stop sending events to a URL',
	request: { params: webhookParam },
	responses: { 204: { description: 'It is gone' }, ...problems },
})

/** `/sessions/{session}/webhooks`. */
export function webhookRoutes(sessions: Sessions, webhooks: Webhooks, delivery: Delivery) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid })
	const view = (webhook: Webhook) => ({ ...viewOf(webhook), delivery: delivery.stateOf(webhook) })
	app.openapi(list, (c) => {
		const { id } = sessions.get(c.req.valid('param').session)
		const shown = webhooks.list(id).map(view)
		return c.json({ webhooks: shown, total: shown.length }, 200)
	})
	app.openapi(create, async (c) => {
		const { id } = sessions.get(c.req.valid('param').session)
		const trusted = c.get('caller').role === 'admin'
		const webhook = await webhooks.add(id, c.req.valid('json'), trusted)
		return c.json({ ...view(webhook), secret: webhook.secret }, 201)
	})
	app.openapi(show, (c) => {
		const { session, webhook } = c.req.valid('param')
		return c.json(view(webhooks.get(sessions.get(session).id, webhook)), 200)
	})
	app.openapi(update, async (c) => {
		const { session, webhook } = c.req.valid('param')
		const trusted = c.get('caller').role === 'admin'
		const { id } = sessions.get(session)
		return c.json(view(await webhooks.update(id, webhook, c.req.valid('json'), trusted)), 200)
	})
	app.openapi(rotate, async (c) => {
		const { session, webhook } = c.req.valid('param')
		const rotated = await webhooks.rotate(sessions.get(session).id, webhook)
		return c.json({ ...view(rotated), secret: rotated.secret }, 200)
	})
	app.openapi(remove, async (c) => {
		const { session, webhook } = c.req.valid('param')
		await webhooks.remove(sessions.get(session).id, webhook)
		return c.body(null, 204)
	})
	return app
}

function viewOf({ id, url, events, filter, created_at, disabled_at, ...webhook }: Webhook) {
	return {
		id,
		url,
		events,
		filter,
		merge: webhook.merge,
		header_names: Object.keys(webhook.headers),
		raw: webhook.raw,
		format: webhook.format,
		event_names: webhook.event_names,
		resume: webhook.resume,
		once: webhook.once,
		until: webhook.until,
		created_at,
		disabled_at,
		previous_secret_until: webhook.previous && new Date(webhook.previous.until).toISOString(),
	}
}
