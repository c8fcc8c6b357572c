import { AsyncLocalStorage } from 'node:async_hooks'
import type { ListedSession } from '../../session/listed-session.ts'
import type { Caller } from '../api-keys/caller.ts'

/** Who asks, as the gateway that took the request has found. */
export type Vouched = {
	/** Undefined where the path asks for no key, or for a cookie. */
	caller?: Caller | undefined
	/** The IP address of the other side of the connection. */
	peer?: string | undefined
}

/** Why something is not known, as a lookup throws it. */
export class Failure {
	readonly error: unknown

	constructor(error: unknown) {
		this.error = error
	}
}

/** What is known of a request in a cluster, besides what it says itself. */
export type RequestScope = {
	/** Another gateway has taken the request, and vouches for this. */
	vouched?: Vouched
	/** Who asks, as soon as that is found here. */
	caller?: Caller
	/** What became of lookups: why a session cannot be reached, or undefined if it does not exist. */
	known: Map<string, Failure | undefined>
	/** Every session of the cluster once it was asked for, or why that cannot be known. */
	all?: readonly ListedSession[] | Failure
	/** Looks at all sessions again, in a request that lasts. */
	refresh(): Promise<void>
	/**
	 * Asks the gateway that has a session on behalf of this request.
	 * @param path perhaps relative to that of the request @returns undefined if it does not answer so
	 */
	ask(session: string, path: string): Promise<unknown>
	/** Whether it has run before: what counts requests has counted it. */
	isRerun: boolean
	/** Whether it sends, though it may be a GET. */
	sends: boolean
	/** Whether it may come again without doing anything twice, if it has an `Idempotency-Key`. */
	honoursKey: boolean
	/** What the response of another gateway gets as well. */
	headers: Map<string, string>
	/** Called when the session is here: the request stays. */
	stays(): void
}

const requests = new AsyncLocalStorage<RequestScope>()

/** The request that is being served; undefined without a cluster, and outside of requests. */
export const currentRequest = (): RequestScope | undefined => requests.getStore()

/** Serves a request. */
export const inScope = <T>(scope: RequestScope, act: () => T): T => requests.run(scope, act)

/** Says that the request sends. */
export function noteSends(): void {
	const request = currentRequest()
	if (request) request.sends = true
}

/** Says that the request does nothing twice if it comes again with its `Idempotency-Key`. */
export function noteHonoursKey(): void {
	const request = currentRequest()
	if (request) request.honoursKey = true
}
