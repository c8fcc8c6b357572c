import { GatewayError } from '../errors.ts'

/** Below the time after which clients and proxies give up. */
const JOIN_MS = 25_000

/**
 * Requests with an idempotency key that are under way: one that comes meanwhile with the same key gets the same result.
 * @returns a function that runs a request, or joins the one with its key; it calls `joins` then
 * @example
 * const running = createRunning<Group>()
 * await running(key, fingerprintOf(request), () => createGroup(request))
 */
export function createRunning<T>() {
	const running = new Map<string, { fingerprint: string; result: Promise<T> }>()
	return function run(
		key: string,
		fingerprint: string,
		act: () => Promise<T>,
		joins = () => {},
		what?: string,
	): Promise<T> {
		const first = running.get(key)
		if (first) {
			joins()
			refuseOther(first.fingerprint, fingerprint, what)
			return joined(first.result)
		}
		const result = act()
		running.set(key, { fingerprint, result })
		return result.finally(() => running.delete(key))
	}
}

/** @param what was used again @throws GatewayError idempotency_key_reused if the requests of a key differ */
export function refuseOther(known: string, asked: string, what = 'Idempotency-Key'): void {
	if (known === asked) return
	throw new GatewayError(
		'idempotency_key_reused',
		`This ${what} was used with another request. Use a new one for a new request.`,
	)
}

async function joined<T>(result: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined
	const late = new Promise<never>((_, reject) => {
		const advice = 'The first request with this Idempotency-Key is still under way. Ask again soon.'
		const error = new GatewayError('request_in_progress', advice, { retryAfter: 5 })
		timer = setTimeout(() => reject(error), JOIN_MS)
	})
	return Promise.race([result, late]).finally(() => clearTimeout(timer))
}
