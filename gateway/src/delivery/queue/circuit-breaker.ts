import type { RetrySchedule } from './retry-schedule.ts'

/**
 * Tells a target that is down from a chat whose events it refuses. While the target is down it is only probed, and no
 * event uses up its attempts.
 */
export function createCircuitBreaker({ downAfter, probeMs }: RetrySchedule, down = false) {
	const [first, longest] = probeMs
	let isDown = down
	let failures = 0
	let chats = new Set<string>()
	let wait = first

	return {
		get isDown() {
			return isDown
		},
		/** Milliseconds before the next probe. */
		get wait() {
			return wait
		},
		/** True if the target was down until now. */
		succeeded(): boolean {
			const wasDown = isDown
			isDown = false
			failures = 0
			chats = new Set()
			wait = first
			return wasDown
		},
		/** True if the target is considered down from now on. @param isAway nothing more is needed to know that */
		failed(chat: string, isAway: boolean): boolean {
			failures++
			chats.add(chat)
			if (isDown) return false
			isDown = isAway || (failures >= downAfter.failures && chats.size >= downAfter.chats)
			return isDown
		},
		/** A probe failed as well. */
		probeFailed() {
			wait = Math.min(2 * wait, longest)
		},
	}
}
