import { noOwner } from './errors.ts'
import { plainProblem } from '../errors/plain-problem.ts'
import { Failure, type RequestScope } from './request-scope.ts'
import type { Homeless } from './serve.ts'
import type { ToOwner } from './to-owner.ts'
import { vouchedOf } from './vouched.ts'

/** Ends work on a request whose body comes too slowly, with the error to tell its client. */
export type WhileBodyComes = <T>(env: object | undefined, work: Promise<T>) => Promise<T>

/**
 * Sends a request to the gateway that has its session.
 * @returns undefined to run its handler again, with what is known now: an error looks then as it does at that door
 */
export async function forward(
	{ session, request, body, scope }: Homeless,
	env: object | undefined,
	{ toOwner, whileBodyComes }: { toOwner: ToOwner; whileBodyComes: WhileBodyComes },
): Promise<Response | undefined> {
	// It was here when the handler looked first, and has left since.
	if (body && !body.isRecorded()) return plainProblem(noOwner(session))
	const vouched = vouchedOf(scope, env)
	const over = new AbortController()
	const signal = AbortSignal.any([request.signal, over.signal])
	const forwarded = { request, body, vouched, headers: scope.headers, signal }
	const work = toOwner(session, forwarded, mayRepeat(request, scope))
	const destination = await whileBodyComes(env, work).catch((error: unknown) => {
		over.abort()
		throw error
	})
	if (destination.is === 'answered') return destination.response
	if (destination.is === 'unknown') scope.known.set(session, undefined)
	if (destination.is === 'failed') scope.known.set(session, new Failure(destination.error))
	return undefined
}

/** Whether a request may be sent again after it may have been carried out. */
function mayRepeat({ method, headers }: Request, { sends, honoursKey }: RequestScope): boolean {
	const isRead = (method === 'GET' || method === 'HEAD') && !sends
	return isRead || (honoursKey && headers.has('idempotency-key'))
}
