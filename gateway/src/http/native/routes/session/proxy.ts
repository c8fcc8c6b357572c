import { z } from '@hono/zod-openapi'
import { withoutPassword } from '../../../../lib/net/proxy-url.ts'
import type { Session } from '../../../../session/session.ts'
import { requireManager } from '../../../api-keys/caller.ts'
import { defineRoute } from '../../define-route.ts'

/** The URL of a proxy. */
export const proxyUrl = z
	.string()
	.max(2_000)
	.meta({
		title: 'Proxy URL',
		// It may hold a password.
		format: 'password',
		description:
			'An HTTP, HTTPS or SOCKS5 proxy, with percent-encoded user name and password if it wants them',
		examples: ['socks5://user:password@proxy.example:1080'],
	})

const answer = z
	.object({
		url: z.string().nullable().meta({ description: 'Without its password; null for none' }),
	})
	.openapi('Proxy')

const proxyOf = (session: Session) => {
	const url = session.proxy()
	return { url: url === null ? null : withoutPassword(url) }
}

/** The proxy through which a session reaches WhatsApp. */
export const proxyRoutes = [
	defineRoute({
		method: 'get',
		path: '/proxy',
		summary: 'Get the proxy of a session',
		answer,
		success: 'The proxy',
		node: { resource: 'session', name: 'Get Proxy' },
		run: async ({ session }) => proxyOf(session),
	}),
	defineRoute({
		method: 'put',
		path: '/proxy',
		summary: 'Set the proxy of a session',
		description:
			'Everything that the session exchanges with WhatsApp goes through it: the connection, and files in both directions. It is tried first; then the session connects anew. This needs a key that may create sessions in the workspace; only an admin key may name a proxy in a private network.',
		body: z.object({ url: proxyUrl }),
		answer,
		success: 'The proxy now',
		node: { resource: 'session', name: 'Set Proxy' },
		async run({ session, caller, body }) {
			requireManager(caller, session.view().workspace)
			await session.useProxy(body.url, caller.role === 'admin')
			return proxyOf(session)
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/proxy',
		summary: 'Remove the proxy of a session',
		description: 'The session connects anew, directly.',
		answer,
		success: 'There is none now',
		node: { resource: 'session', name: 'Remove Proxy' },
		async run({ session, caller }) {
			requireManager(caller, session.view().workspace)
			await session.useNoProxy()
			return proxyOf(session)
		},
	}),
]
