import type { Context, Hono } from 'hono'
import { GatewayError } from '../errors.ts'
import { problem } from './problem.ts'

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Tells an address that does not exist from a method that it does not know. */
export function answerUnknown(app: Pick<Hono, 'router'>) {
	// Middleware matches every method, so only what matches beyond it is a route.
	const routes = (method: string, path: string) => app.router.match(method, path)[0].length
	return (c: Context): Response => {
		const { path, method } = c.req
		const allowed = methods.filter((known) => routes(known, path) > routes('NONE', path))
		if (allowed.length === 0) return problem(c, nothingAt(path))
		const allow = allowed.join(', ')
		const advice = `${path} takes ${allow}, not ${method}.`
		return problem(c, new GatewayError('method_not_allowed', advice, { allow }))
	}
}

function nothingAt(path: string) {
	const advice = `There is nothing at ${path}. GET /openapi.json lists every address.`
	return new GatewayError('not_found', advice)
}
