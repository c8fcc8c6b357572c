import { GatewayError } from '../../errors.ts'
import { createLru } from '../../lib/lru.ts'
import type { Caller } from '../api-keys/caller.ts'

/** Wrong keys before an address is slowed down. */
const FREE = 10
const CHECK_EVERY_MS = 5_000
const FORGET_MS = 60_000
const REMEMBERED = 10_000

type Guesser = { wrong: number; lastWrong: number; lastCheck: number }

export type BruteForceGuard = ReturnType<typeof createBruteForceGuard>

/**
 * Slows down the guessing of keys, by address: after ten wrong keys only one key in five seconds is checked, and all
 * others are refused, right or wrong. A key that was right at that address before is let in all the same, so that
 * one wrong client behind a proxy does not lock out the others.
 */
export function createBruteForceGuard() {
	const guessers = createLru<string, Guesser>(REMEMBERED)
	const right = createLru<string, true>(REMEMBERED)

	function guesserAt(address: string, now: number): Guesser {
		const known = guessers.get(address)
		const isFresh = known && now - known.lastWrong < FORGET_MS
		return isFresh ? known : { wrong: 0, lastWrong: 0, lastCheck: 0 }
	}

	return {
		/**
		 * Takes the result of checking a key: the caller it belongs to, or undefined if it is wrong.
		 * @throws GatewayError rate_limited when the key must be ignored
		 */
		admit(address: string, caller: Caller | undefined, now = Date.now()): void {
			const knownClient = caller && `${address} ${caller.key}`
			if (knownClient && right.get(knownClient)) return
			const guesser = guesserAt(address, now)
			if (guesser.wrong >= FREE) {
				const wait = guesser.lastCheck + CHECK_EVERY_MS - now
				if (wait > 0) throw tooMany(Math.ceil(wait / 1000))
				guesser.lastCheck = now
			}
			if (knownClient) return right.set(knownClient, true)
			guesser.wrong++
			guesser.lastWrong = now
			guessers.set(address, guesser)
		},
	}
}

function tooMany(retryAfter: number): GatewayError {
	const advice = `Too many wrong API keys came from this address. Try again in ${retryAfter} seconds.`
	return new GatewayError('rate_limited', advice, { retryAfter })
}
