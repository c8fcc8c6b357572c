import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../session/sessions.ts'
import type { Webhooks } from '../../delivery/registry/webhooks.ts'
import { mayUse, requireManager, type AppEnv } from '../api-keys/caller.ts'
import {
	json,
	jsonBody,
	newSessionId,
	problems,
	rejectInvalid,
	sessionParam,
	sessionSchema,
	workspaceId,
} from '../openapi/schemas.ts'
import { deviceProps } from '../../session/device-props.ts'
import { sessionMetadata } from '../../session/session-settings.ts'
import { proxyUrl } from './routes/session/proxy.ts'
import { newWebhook } from './webhooks/settings.ts'

const list = createRoute({
	method: 'get',
	path: '/sessions',
	summary: 'List sessions',
	responses: {
		200: {
			description: 'Those that this key may use',
			...json(z.object({ sessions: z.array(sessionSchema), total: z.number().int() })),
		},
		...problems,
	},
})

const create = createRoute({
	method: 'post',
	path: '/sessions',
	summary: 'Create a session and start linking it',
	request: {
		body: jsonBody(
			z.object({
				id: newSessionId.optional().meta({ title: 'ID', examples: ['main'] }),
				name: z.string().min(1).max(100).optional().meta({ title: 'Name' }),
				workspace: workspaceId.optional().meta({
					description: 'Keys of this workspace reach it',
				}),
				metadata: sessionMetadata.optional(),
				device: deviceProps.optional(),
				proxy: z
					.object({ url: proxyUrl })
					.optional()
					.meta({ description: 'The proxy to WhatsApp, which is tried first' }),
				webhook: newWebhook.optional(),
			}),
		),
	},
	responses: { 201: { description: 'The new session', ...json(sessionSchema) }, ...problems },
})

const show = createRoute({
	method: 'get',
	path: '/sessions/{session}',
	summary: 'Get a session',
	request: { params: sessionParam },
	responses: { 200: { description: 'The session', ...json(sessionSchema) }, ...problems },
})

const remove = createRoute({
	method: 'delete',
	path: '/sessions/{session}',
	summary: 'Unlink and delete a session',
	request: { params: sessionParam },
	responses: { 204: { description: 'It is gone' }, ...problems },
})

/** `/sessions` and `/sessions/{session}`. */
export function sessionRoutes(sessions: Sessions, webhooks: Webhooks) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(list, (c) => {
		const shown = sessions.list().filter((session) => mayUse(c.get('caller'), session))
		return c.json({ sessions: shown.map((session) => session.view()), total: shown.length }, 200)
	})
	app.openapi(create, async (c) => {
		const caller = c.get('caller')
		const { webhook, workspace = caller.workspace, proxy, ...wanted } = c.req.valid('json')
		requireManager(caller, workspace)
		const trusted = caller.role === 'admin'
		if (webhook) await webhooks.check(webhook, trusted)
		if (proxy) await sessions.checkProxy(proxy.url, { field: 'proxy.url', trusted })
		const session = await sessions.create(
			{ ...wanted, workspace, proxy: proxy?.url },
			// First: what it wants to know of the past, the phone is asked for when it is linked.
			async ({ id }) => webhook && webhooks.add(id, webhook, trusted),
		)
		return c.json(session.view(), 201)
	})
	app.openapi(show, (c) => c.json(sessions.get(c.req.valid('param').session).view(), 200))
	app.openapi(remove, async (c) => {
		const { session } = c.req.valid('param')
		requireManager(c.get('caller'), sessions.get(session).view().workspace)
		await sessions.remove(session)
		return c.body(null, 204)
	})
	return app
}
