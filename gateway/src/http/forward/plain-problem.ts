import { errorTable, type GatewayError } from '../../errors.ts'

/** An error outside of the application: other gateways read it, or a client whose request can no longer be served. */
export function plainProblem({ code, message, facts }: GatewayError, headers = {}): Response {
	const [status, title] = errorTable[code]
	const body = { title, status, detail: message, code }
	const retry = facts.retryAfter === undefined ? {} : { 'retry-after': String(facts.retryAfter) }
	return Response.json(body, {
		status,
		headers: { 'content-type': 'application/problem+json', ...retry, ...headers },
	})
}
