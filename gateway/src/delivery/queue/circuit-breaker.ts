import type { Schedule } from './retry-schedule.ts'

/**
 * Tells a target that is down from a chat that it does not like: while it is down it is only probed, and
 * no event uses up its attempts.
 */
export function createBreaker({ downAfter, probeMs }: Schedule, down = false) {
	const [first, longest] = probeMs
	let isDown = down
	let failures = 0
	let chats = new Set<string>()
	let wait = first

	return {
		get isDown() {
			return isDown
		},
		/** How long to wait before the next probe. */
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
		/** True if the target is held to be down from now on. */
		failed(chat: string, isUnreachable: boolean): boolean {
			failures++
			chats.add(chat)
			if (isDown) return false
			isDown = isUnreachable || (failures >= downAfter.failures && chats.size >= downAfter.chats)
			return isDown
		},
		/** A probe failed as well. */
		probeFailed() {
			wait = Math.min(2 * wait, longest)
		},
	}
}
