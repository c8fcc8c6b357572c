import { GatewayError } from '../../errors.ts'
import { clientNetwork } from '../../lib/net/ip-ranges.ts'
import { createLru } from '../../lib/lru.ts'
import { MINUTE_MS, SECOND_MS } from '../../lib/units.ts'
import type { Log } from '../../log.ts'

/** Wrong keys that an address may send in a window. */
const FREE_GUESSES = 10
const WINDOW_MS = MINUTE_MS
/** Bounds the memory that an attacker with many addresses can take. */
const MAX_ADDRESSES = 10_000

type Window = { wrong: number; endsAt: number }

export type BruteForceGuard = ReturnType<typeof createBruteForceGuard>

/**
 * Counts wrong keys by address. It never sees a right key, so that no flood of wrong ones locks out anybody: not even
 * who shares an address with it, behind a proxy. What keeps a key from being guessed is its length.
 */
export function createBruteForceGuard(log: Log) {
	const windows = createLru<string, Window>(MAX_ADDRESSES)

	function windowOf(network: string, now: number): Window {
		const known = windows.get(network)
		if (known && known.endsAt > now) return known
		const window = { wrong: 0, endsAt: now + WINDOW_MS }
		windows.set(network, window)
		return window
	}

	return {
		/**
		 * @param address an IP address; undefined if it is not known, which is not counted
		 * @throws GatewayError rate_limited after too many wrong keys
		 */
		noteWrongKey(address: string | undefined, now = Date.now()): void {
			if (address === undefined) return
			const window = windowOf(clientNetwork(address), now)
			window.wrong++
			if (window.wrong <= FREE_GUESSES) return
			if (window.wrong === FREE_GUESSES + 1) log.warn({ address }, 'too many wrong API keys')
			throw tooManyGuesses(Math.ceil((window.endsAt - now) / SECOND_MS))
		},
	}
}

function tooManyGuesses(retryAfter: number): GatewayError {
	const advice =
		'Too many wrong API keys were sent from this address, and this one is wrong as well. ' +
		`A right key is accepted at once; wrong ones are refused for ${retryAfter} seconds.`
	return new GatewayError('rate_limited', advice, { retryAfter })
}
