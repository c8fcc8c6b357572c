import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../core/sessions.ts'
import type { Webhook, Webhooks } from '../../delivery/webhooks.ts'
import { eventTypes, type EventType } from '../../events/index.ts'
import type { AppEnv } from '../caller.ts'
import { json, jsonBody, problems, refuseInvalid, sessionParam } from './schemas.ts'

const names = eventTypes.map(({ type }) => type) as [EventType, ...EventType[]]

export const newWebhook = z.object({
	url: z
		.url({ protocol: /^https?$/ })
		.meta({ title: 'URL', examples: ['https://example.com/hook'] }),
	events: z
		.array(z.enum(['*', ...names]))
		.optional()
		.meta({ title: 'Events', description: 'All, if left out' }),
	secret: z
		.string()
		.regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and 24 to 64 bytes in base64')
		.optional()
		.meta({ title: 'Secret', description: 'For the signature; made up, if left out' }),
})

const webhookSchema = z
	.object({
		id: z.string(),
		url: z.string(),
		events: z.array(z.string()),
		created_at: z.iso.datetime(),
		disabled_at: z.iso
			.datetime()
			.nullable()
			.meta({ description: 'Since when its target is 410 Gone' }),
	})
	.openapi('Webhook')

const list = createRoute({
	method: 'get',
	path: '/sessions/{session}/webhooks',
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
	path: '/sessions/{session}/webhooks',
	summary: 'Have events sent to a URL',
	request: { params: sessionParam, body: jsonBody(newWebhook) },
	responses: {
		201: {
			description: 'The secret is shown this once',
			...json(webhookSchema.extend({ secret: z.string() })),
		},
		...problems,
	},
})

const remove = createRoute({
	method: 'delete',
	path: '/sessions/{session}/webhooks/{webhook}',
	summary: 'Stop sending events to a URL',
	request: { params: sessionParam.extend({ webhook: z.string() }) },
	responses: { 204: { description: 'It is gone' }, ...problems },
})

/** `/sessions/{session}/webhooks`. */
export function webhookRoutes(sessions: Sessions, webhooks: Webhooks) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: refuseInvalid })
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
	app.openapi(remove, async (c) => {
		const { session, webhook } = c.req.valid('param')
		await webhooks.remove(sessions.get(session).id, webhook)
		return c.body(null, 204)
	})
	return app
}

function view({ id, url, events, created_at, disabled_at }: Webhook) {
	return { id, url, events, created_at, disabled_at }
}
