import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Delivery } from '../../../delivery/index.ts'
import type { Webhook } from '../../../delivery/registry/webhook.ts'
import type { Webhooks } from '../../../delivery/registry/webhooks.ts'
import type { Sessions } from '../../../session/sessions.ts'
import type { AppEnv } from '../../api-keys/caller.ts'
import { json, jsonBody, problems, rejectInvalid, sessionParam } from '../../openapi/schemas.ts'
import { newWebhook, webhookChanges } from './settings.ts'
import { webhookView, webhookSchema, webhookWithSecret } from './view.ts'

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
			description: 'The webhooks, without their secrets',
			...json(z.object({ webhooks: z.array(webhookSchema), total: z.number().int() })),
		},
		...problems,
	},
})

const create = createRoute({
	method: 'post',
	path,
	summary: 'Create a webhook',
	request: { params: sessionParam, body: jsonBody(newWebhook) },
	responses: {
		201: {
			description: 'The webhook with its secret, which is returned only now',
			...json(webhookWithSecret),
		},
		...problems,
	},
})

const show = createRoute({
	method: 'get',
	path: one,
	summary: 'Get a webhook',
	request: { params: webhookParam },
	responses: {
		200: { description: 'The webhook, without its secret', ...json(webhookSchema) },
		...problems,
	},
})

const update = createRoute({
	method: 'patch',
	path: one,
	summary: 'Update a webhook',
	description:
		'Settings that are left out stay as they are. A disabled webhook keeps its position in the event log: when it is ' +
		'enabled, it receives the events that the log still has.',
	request: { params: webhookParam, body: jsonBody(webhookChanges) },
	responses: { 200: { description: 'The updated webhook', ...json(webhookSchema) }, ...problems },
})

const rotate = createRoute({
	method: 'post',
	path: `${one}/rotate`,
	summary: 'Rotate the secret of a webhook',
	description:
		'For 24 hours `webhook-signature` has a signature for each secret, separated by a space. The signature of another ' +
		'system uses the new secret at once.',
	request: { params: webhookParam },
	responses: {
		200: {
			description: 'The webhook with its new secret, which is returned only now',
			...json(webhookWithSecret),
		},
		...problems,
	},
})

const remove = createRoute({
	method: 'delete',
	path: one,
	summary: 'Delete a webhook',
	request: { params: webhookParam },
	responses: { 204: { description: 'The webhook is deleted' }, ...problems },
})

/** `/sessions/{session}/webhooks`. */
export function webhookRoutes(sessions: Sessions, webhooks: Webhooks, delivery: Delivery) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	const view = (webhook: Webhook) => webhookView(webhook, delivery)
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
