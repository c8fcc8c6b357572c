import type { Clock } from '../lib/clock.ts'

/** One timer, which is either set for a time or off. @param ring called at that time */
export function createAlarm(clock: Clock, ring: () => void) {
	let timer: { at: number; cancel: () => void } | undefined

	function off() {
		timer?.cancel()
		timer = undefined
	}

	return {
		/** Rings at this Unix time in milliseconds, and at no other. */
		set(at: number) {
			if (timer?.at === at) return
			off()
			const wake = () => {
				timer = undefined
				ring()
			}
			timer = { at, cancel: clock.after(Math.max(0, at - clock.now()), wake) }
		},
		/** Does not ring any more until it is set again. */
		off,
	}
}
