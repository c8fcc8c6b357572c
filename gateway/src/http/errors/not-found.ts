import type { Context, Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { AppEnv } from '../api-keys/caller.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Makes errors that tell an address that does not exist from a method that it does not know. */
export function unknownIn(app: Pick<Hono<AppEnv>, 'router'>) {
	// Middleware matches every method, so only what matches beyond it is a route.
	const routes = (method: string, path: string) => app.router.match(method, path)[0].length
	return ({ req }: Context): GatewayError => {
		const { path, method } = req
		const allowed = methods.filter((known) => routes(known, path) > routes('NONE', path))
		if (allowed.length === 0) return nothingAt(path)
		const allow = allowed.join(', ')
		const advice = `${path} takes ${allow}, not ${method}.`
		return new GatewayError('method_not_allowed', advice, { allow })
	}
}

function nothingAt(path: string) {
	const advice = `There is nothing at ${path}. GET /openapi.json lists every address.`
	return new GatewayError('not_found', advice)
}
