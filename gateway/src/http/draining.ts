import type { ServerResponse } from 'node:http'
import { GatewayError } from '../errors.ts'
import { createCondition } from '../lib/condition.ts'
import { outcomeUnknown } from './errors/outcome-unknown.ts'
import { plainProblem } from './errors/plain-problem.ts'

/** What an HTTP server calls. */
export type Fetch = (request: Request, env?: object) => Response | Promise<Response>

/** A request that has no answer yet. */
type Pending = { env: object | undefined; giveUp: () => void }

const RETRY_AFTER_S = 5
const STOPPED = 'The gateway was stopped before the request had an answer.'

/**
 * Counts the requests that have no answer yet. Without it a stopping gateway would cut them, or answer them with errors of
 * a state that is closed already: a server that listens no more still serves the connections that it has.
 * @example
 * const draining = createDraining()
 * const server = createHttpServer({ fetch: draining.counted(app.fetch) })
 * server.close()
 * await draining.drain(3_000)
 * draining.refuse()
 */
export function createDraining() {
	const pending = new Set<Pending>()
	const answered = createCondition()
	let phase: 'serving' | 'draining' | 'refusing' = 'serving'

	return {
		counted: (fetch: Fetch): Fetch =>
			async function served(request, env) {
				if (phase === 'refusing') return plainProblem(tooLate())
				const { promise, resolve, reject } = Promise.withResolvers<Response>()
				const entry = { env, giveUp: () => resolve(plainProblem(outcomeUnknown(STOPPED))) }
				pending.add(entry)
				if (phase === 'draining') endConnectionOf(env)
				try {
					Promise.resolve(fetch(request, env)).then(resolve, reject)
					return await promise
				} finally {
					pending.delete(entry)
					answered.happen()
				}
			},
		/**
		 * Waits until every request has its answer, at most for that time. Requests that come meanwhile are served, and are the
		 * last ones of their connection.
		 */
		async drain(mostMs: number): Promise<void> {
			phase = 'draining'
			for (const { env } of pending) endConnectionOf(env)
			await answered.until(() => pending.size === 0, mostMs)
		},
		/** Refuses requests from now on. Those without an answer are told that their outcome is not known. */
		refuse(): void {
			phase = 'refusing'
			for (const { giveUp } of pending) giveUp()
		},
	}
}

/** The answer says that none follows on its connection: clients open another one, to a gateway that listens. */
function endConnectionOf(env: object | undefined): void {
	const { outgoing } = (env ?? {}) as { outgoing?: ServerResponse }
	if (outgoing) outgoing.shouldKeepAlive = false
}

function tooLate(): GatewayError {
	const advice = 'The gateway is stopping. Nothing was done: try again.'
	return new GatewayError('gateway_stopping', advice, { retryAfter: RETRY_AFTER_S })
}
