import type { GatewayError } from '../../errors.ts'
import { PROBLEM_TYPE, problemBody } from './problem.ts'

/** An error outside of the application: other gateways read it, or a client whose request can no longer be served. */
export function plainProblem(error: GatewayError): Response {
	const body = problemBody(error)
	const { retryAfter } = error.facts
	const retry = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }
	return Response.json(body, { status: body.status, headers: { ...PROBLEM_TYPE, ...retry } })
}
