import type { Clock } from '../../lib/clock.ts'

/** Pauses are as uneven as those of people: up to so much longer. */
const UNEVEN = 0.5

/** Lets messages to different people leave with a pause between them. */
export function createPacing(clock: Clock) {
	let last: string | undefined
	let nextAt = 0

	/** Waits until a message to that chat may leave. */
	return async function pace(chat: string, pauseMs: number): Promise<void> {
		if (pauseMs === 0) return
		const now = clock.now()
		const at = chat === last ? now : Math.max(now, nextAt)
		last = chat
		nextAt = Math.max(nextAt, at + pauseMs * (1 + UNEVEN * Math.random()))
		if (at > now) await new Promise<void>((resolve) => clock.after(at - now, resolve))
	}
}
