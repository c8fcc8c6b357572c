import type { Context, Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { AppEnv } from '../api-keys/caller.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Makes the error of a request that no route matches: an unknown path, or a method that a path does not support. */
export function noRouteErrors(app: Pick<Hono<AppEnv>, 'router'>) {
	// Middleware matches every method, so only what matches beyond it is a route.
	const countMatches = (method: string, path: string) => app.router.match(method, path)[0].length
	return ({ req }: Context): GatewayError => {
		const { path, method } = req
		const middleware = countMatches('NONE', path)
		const allowed = methods.filter((method) => countMatches(method, path) > middleware)
		if (allowed.length === 0) return pathNotFound(path)
		const allow = allowed.join(', ')
		const advice = `${path} supports ${allow}, not ${method}.`
		return new GatewayError('method_not_allowed', advice, { allow })
	}
}

function pathNotFound(path: string): GatewayError {
	const advice = `Nothing is served at ${path}. GET /openapi.json lists every path.`
	return new GatewayError('not_found', advice)
}
