import { GatewayError } from '../../errors.ts'
import { createLru } from '../../lib/lru.ts'
import { MINUTE_MS, SECOND_MS } from '../../lib/units.ts'
import type { Caller } from '../api-keys/caller.ts'

/** Wrong keys before an address is slowed down. */
const FREE_GUESSES = 10
const CHECK_EVERY_MS = 5 * SECOND_MS
const FORGET_AFTER_MS = MINUTE_MS
/** Bounds the memory that an attacker with many addresses can take. */
const MAX_ADDRESSES = 10_000

type Guesser = { wrong: number; lastWrong: number; lastCheck: number }

export type BruteForceGuard = ReturnType<typeof createBruteForceGuard>

/**
 * Slows down the guessing of keys, by address: after ten wrong keys only one key in five seconds is checked, and all
 * others are rejected, right or wrong. A key that was right at that address before is accepted all the same, so that
 * one wrong client behind a proxy does not lock out the others.
 */
export function createBruteForceGuard() {
	const guessers = createLru<string, Guesser>(MAX_ADDRESSES)
	const right = createLru<string, true>(MAX_ADDRESSES)

	function guesserAt(address: string, now: number): Guesser {
		const known = guessers.get(address)
		const isFresh = known && now - known.lastWrong < FORGET_AFTER_MS
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
			if (guesser.wrong >= FREE_GUESSES) {
				const wait = guesser.lastCheck + CHECK_EVERY_MS - now
				if (wait > 0) throw tooManyGuesses(Math.ceil(wait / SECOND_MS))
				guesser.lastCheck = now
			}
			if (knownClient) return right.set(knownClient, true)
			guesser.wrong++
			guesser.lastWrong = now
			guessers.set(address, guesser)
		},
	}
}

function tooManyGuesses(retryAfter: number): GatewayError {
	const advice = `Too many wrong API keys were sent from this address. Try again in ${retryAfter} seconds.`
	return new GatewayError('rate_limited', advice, { retryAfter })
}
