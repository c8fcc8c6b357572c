import { setTimeout as pause } from 'node:timers/promises'
import { GatewayError } from '../errors.ts'

const FREE = 10
const PAUSE_MS = 1_000
const MOST_WAITING = 20
const FORGET_MS = 60_000
const REMEMBERED = 10_000

type Guesser = { wrong: number; last: number; waiting: number; line: Promise<unknown> }

/**
 * Slows down who guesses keys, by address: after ten wrong ones, each further answer comes a second after the
 * one before. A right key waits for nothing, so that one wrong client behind a proxy does not hold up the others,
 * unless so many wrong ones wait that somebody tries them side by side.
 */
export type WrongKeys = ReturnType<typeof createWrongKeys>

export function createWrongKeys() {
	// The one who guessed last is last.
	const guessers = new Map<string, Guesser>()

	function guesserAt(address: string): Guesser {
		const known = guessers.get(address)
		const isRemembered = known && Date.now() - known.last < FORGET_MS
		const guesser = isRemembered
			? known
			: { wrong: 0, last: 0, waiting: 0, line: Promise.resolve() }
		guessers.delete(address)
		guessers.set(address, guesser)
		if (guessers.size > REMEMBERED) guessers.delete(guessers.keys().next().value!)
		return guesser
	}

	return {
		/** @throws GatewayError rate_limited while too many wrong keys of this address wait for their answer */
		admit(address: string): void {
			if ((guessers.get(address)?.waiting ?? 0) < MOST_WAITING) return
			const advice = 'Too many wrong API keys came from this address. Try again later.'
			throw new GatewayError('rate_limited', advice, { retryAfter: MOST_WAITING })
		},
		/** Resolves when the answer to a wrong key may leave. */
		async wrong(address: string): Promise<void> {
			const guesser = guesserAt(address)
			guesser.last = Date.now()
			guesser.wrong++
			if (guesser.wrong <= FREE) return
			guesser.waiting++
			guesser.line = guesser.line.then(() => pause(PAUSE_MS))
			await guesser.line
			guesser.waiting--
		},
	}
}
