import { z } from '@hono/zod-openapi'
import { deviceProps } from '../../../../session/device-props.ts'
import { sessionMetadata } from '../../../../session/session-settings.ts'
import { sessionTag, sessionTags } from '../../../../session/session-tags.ts'
import { mayUse, requireManager } from '../../../api-keys/caller.ts'
import {
	newSessionId,
	sessionParam,
	sessionSchema,
	shownName,
	workspaceId,
} from '../../../openapi/schemas.ts'
import { defineGatewayRoute, defineRoute, noContent } from '../../define-route.ts'
import { pageOf, pageQuery } from '../../params.ts'
import { newWebhook } from '../../webhooks/settings.ts'
import { proxyUrl } from './proxy.ts'

/** More sessions than a gateway has: who does not ask for pages gets all. */
const ALL = 10_000

const newSession = z.object({
	id: newSessionId.optional().meta({ title: 'ID', examples: ['main'] }),
	name: shownName.optional().meta({ title: 'Name', examples: ['Support'] }),
	workspace: workspaceId.optional().meta({
		title: 'Workspace',
		description: 'Keys of this workspace reach it',
	}),
	metadata: sessionMetadata.optional(),
	tags: sessionTags.optional(),
	device: deviceProps.optional(),
	proxy: z
		.object({ url: proxyUrl })
		.optional()
		.meta({ title: 'Proxy', description: 'The proxy to WhatsApp, which is tried first' }),
	webhook: newWebhook.optional(),
})

/** `/sessions` and `/sessions/{session}`. */
export const sessionRoutes = [
	defineGatewayRoute({
		method: 'get',
		path: '/sessions',
		summary: 'Get many sessions',
		description: 'Those that the API key may use.',
		query: pageQuery(ALL).extend({
			tag: sessionTag.optional().meta({ title: 'Tag', description: 'Only sessions with this tag' }),
		}),
		answer: z.object({ sessions: z.array(sessionSchema), total: z.number().int() }),
		success: 'Those that this key may use',
		node: { resource: 'session', name: 'Get Many', itemsOf: 'sessions' },
		async run({ sessions, caller, query }) {
			const views = sessions
				.list()
				.filter((session) => mayUse(caller, session))
				.map((session) => session.view())
			const wanted = views.filter(({ tags }) => !query.tag || tags.includes(query.tag))
			const { page, total } = pageOf(wanted, query)
			return { sessions: page, total }
		},
	}),
	defineGatewayRoute({
		method: 'post',
		path: '/sessions',
		summary: 'Create a session and start linking it',
		description:
			'Link it then: show its QR code to the phone. This needs an admin key, or a key that may create sessions in the workspace.',
		body: newSession,
		answer: sessionSchema,
		status: 201,
		success: 'The new session',
		node: { resource: 'session', name: 'Create', without: ['webhook'] },
		async run({ sessions, webhooks, caller, body }) {
			const { webhook, workspace = caller.workspace, proxy, ...wanted } = body
			requireManager(caller, workspace)
			const trusted = caller.role === 'admin'
			if (webhook) await webhooks.check(webhook, trusted)
			if (proxy) await sessions.checkProxy(proxy.url, { field: 'proxy.url', trusted })
			const session = await sessions.create(
				{ ...wanted, workspace, proxy: proxy?.url },
				// First: what it wants to know of the past, the phone is asked for when it is linked.
				async ({ id }) => webhook && webhooks.add(id, webhook, trusted),
			)
			return session.view()
		},
	}),
	defineRoute({
		method: 'get',
		path: '',
		summary: 'Get a session',
		description: 'Whether an account is linked and connected, and what the session is called.',
		answer: sessionSchema,
		success: 'The session',
		node: { resource: 'session', name: 'Get' },
		run: async ({ session }) => session.view(),
	}),
	defineGatewayRoute({
		method: 'delete',
		path: '/sessions/{session}',
		summary: 'Unlink and delete a session',
		params: sessionParam,
		answer: noContent,
		success: 'It is gone',
		node: 'needs an admin key, which a credential for workflows should not hold',
		async run({ sessions, caller, params: { session } }) {
			requireManager(caller, sessions.get(session).view().workspace)
			await sessions.remove(session)
		},
	}),
]
