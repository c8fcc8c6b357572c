import { MINUTE_MS, SECOND_MS } from '../../../../gateway/src/lib/units.ts'

/** A round on a busy machine, its shutdown and start included. */
const SLOW_ROUND_MS = 30 * SECOND_MS
const REPORT_EVERY = 25

/** How long a test of many rounds may take, in milliseconds. */
export const timeoutFor = (rounds: number): number => 5 * MINUTE_MS + rounds * SLOW_ROUND_MS

/** Says from time to time how far a long test is. */
export function progressOf(rounds: number): (round: number) => void {
	const startedAt = performance.now()
	return (round) => {
		if (round === 0 || round % REPORT_EVERY) return
		const seconds = Math.round((performance.now() - startedAt) / SECOND_MS)
		process.stderr.write(`${round} of ${rounds} rounds, ${seconds} s\n`)
	}
}
