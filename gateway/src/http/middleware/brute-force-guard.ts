import { GatewayError } from '../../errors.ts'
import type { Caller } from '../api-keys/caller.ts'

const FREE = 10
const LOOK_EVERY_MS = 5_000
const FORGET_MS = 60_000
const REMEMBERED = 10_000

type Guesser = { wrong: number; lastWrong: number; lastLook: number }

/**
 * Slows down who guesses keys, by address: after ten wrong ones a key is looked at every five seconds only, and
 * the rest are refused, right or wrong. A key that has been right at the address is let in all the same, so that
 * one wrong client behind a proxy does not lock out the others.
 */
export type WrongKeys = ReturnType<typeof createWrongKeys>

export function createWrongKeys() {
	const guessers = createMemory<Guesser>()
	const right = createMemory<true>()

	function guesserAt(address: string, now: number): Guesser {
		const known = guessers.get(address)
		const isFresh = known && now - known.lastWrong < FORGET_MS
		return isFresh ? known : { wrong: 0, lastWrong: 0, lastLook: 0 }
	}

	return {
		/**
		 * Notes who a key that came from an address belongs to, or that it is nobody's.
		 * @throws GatewayError rate_limited when it was not looked at
		 */
		admit(address: string, caller: Caller | undefined, now = Date.now()): void {
			const acquaintance = caller && `${address} ${caller.key}`
			if (acquaintance && right.get(acquaintance)) return
			const guesser = guesserAt(address, now)
			if (guesser.wrong >= FREE) {
				const wait = guesser.lastLook + LOOK_EVERY_MS - now
				if (wait > 0) throw tooMany(Math.ceil(wait / 1000))
				guesser.lastLook = now
			}
			if (acquaintance) return right.set(acquaintance, true)
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

/** A map that forgets what was set longest ago when it has too many. */
function createMemory<Value>() {
	const entries = new Map<string, Value>()
	return {
		get: (name: string) => entries.get(name),
		set(name: string, value: Value): void {
			entries.delete(name)
			entries.set(name, value)
			if (entries.size > REMEMBERED) entries.delete(entries.keys().next().value!)
		},
	}
}
