import { until } from '../wait.ts'
import type { Clock } from '../../../gateway/src/lib/clock.ts'

type Timer = { at: number; act: () => void }

/** A clock that stands still until a test moves it. Timers that are due then fire in order. */
export function testClock(start = Date.now()) {
	let now = start
	const timers = new Set<Timer>()
	let added = () => {}
	const clock: Clock = {
		now: () => now,
		after(ms, act) {
			const timer = { at: now + ms, act }
			timers.add(timer)
			added()
			return () => void timers.delete(timer)
		},
	}

	async function first(): Promise<Timer> {
		while (timers.size === 0) await new Promise<void>((resolve) => (added = resolve))
		return [...timers].sort((a, b) => a.at - b.at)[0]!
	}

	return {
		...clock,
		/** Moves on by this many milliseconds, and fires every timer that is due by then. */
		advance(ms: number): void {
			now += ms
			const due = [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
			for (const timer of due) {
				timers.delete(timer)
				timer.act()
			}
		},
		/** Moves on from timer to timer until the condition holds. */
		skipUntil<T>(what: string, condition: () => T | Promise<T>) {
			return until(what, async () => {
				const result = await condition()
				if (!result && timers.size > 0) await this.next()
				return result
			})
		},
		/** Waits until there is a timer, moves on to it and fires it. @returns the time, Unix milliseconds */
		async next(): Promise<number> {
			const timer = await first()
			timers.delete(timer)
			now = Math.max(now, timer.at)
			timer.act()
			return now
		},
		/** Waits until there is a timer. @returns when the first fires: Unix time in milliseconds */
		upcoming: async () => (await first()).at,
	}
}
