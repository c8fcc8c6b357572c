import type { MiddlewareHandler } from 'hono'
import { messageTypes } from '../../messages/index.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { currentRequest } from '../forward/request-scope.ts'
import type { RouteDefinition } from './define-route.ts'

/**
 * Notes which requests honour an `Idempotency-Key`: sends, and what creates something. It comes before the session is
 * looked up, since that may be at another gateway.
 */
export function noteRepeatable(routes: readonly RouteDefinition[]): MiddlewareHandler<AppEnv> {
	const sends = (messageTypes as readonly MessageDefinition[])
		.flatMap(({ type, aliases = [] }) => [type, ...aliases])
		.join('|')
	const creations = routes
		.filter(({ creates, method }) => creates && method === 'post')
		.map(({ path }) => path.replaceAll(/\{\w+\}/g, '[^/]+'))
	const paths = [`/sessions/[^/]+/messages/(${sends})`, ...creations].join('|')
	const honoursKey = new RegExp(`(${paths})$`)
	return async function noteRepeatable(c, next) {
		const request = currentRequest()
		if (request && c.req.method === 'POST' && honoursKey.test(c.req.path)) request.honoursKey = true
		await next()
	}
}
