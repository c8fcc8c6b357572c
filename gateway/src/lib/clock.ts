/** What time it is, and when it will be later. Tests bring one that runs faster. */
export type Clock = {
	now(): number
	/** Does something later, unless it is called off with what this returns. */
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

// Node takes longer ones for 1 ms.
const LONGEST_TIMER_MS = 2 ** 31 - 1
