/** How many attempts may be under way at the same time: see `createAttemptWindow`. */
export type WindowSize = {
	least: number
	most: number
	/** An answer that takes longer is slow, in milliseconds. */
	slowMs: number
}

/**
 * Counts the attempts that a target may have under way. Each event that it takes quickly allows one more, up to the most;
 * a slow answer or a failure takes that back: a target that works on one event after the other would only let more wait,
 * the last ones longer than an attempt may take. In a burst from 100 people, with 64 the middle event is at a quick target
 * in half of the time that it takes with 16 (`docs/benchmarks.md`).
 * @example
 * const window = createAttemptWindow({ least: 16, most: 64, slowMs: 500 })
 * window.ended(20, true) // window.size: 17
 * window.ended(900, true) // window.size: 16
 */
export function createAttemptWindow({ least, most, slowMs }: WindowSize) {
	let size = least
	return {
		get size() {
			return size
		},
		/** An attempt has ended. @param ms how long it took */
		ended(ms: number, isTaken: boolean) {
			size = isTaken && ms <= slowMs ? Math.min(size + 1, most) : least
		},
	}
}
