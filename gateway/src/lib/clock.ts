/** What time it is, and when it will be later. Tests bring one that runs faster. */
export type Clock = {
	now(): number
	/** Calls `act` after `ms`. @returns a function that cancels it */
	after(ms: number, act: () => void): () => void
}

/** The time of day. Nothing that waits keeps the process alive. */
export const systemClock: Clock = {
	now: Date.now,
	after(ms, act) {
		const timer = setTimeout(act, Math.min(ms, LONGEST_TIMER_MS)).unref()
		return () => clearTimeout(timer)
	},
}

// Node turns a longer timeout into 1 ms.
const LONGEST_TIMER_MS = 2 ** 31 - 1
