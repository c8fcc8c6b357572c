import { until } from '../wait.ts'
import type { Clock } from '../../../gateway/src/lib/clock.ts'

type Timer = { at: number; act: () => void }

/** A clock that stands still until it is told to go on. What is due then is done in its order. */
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
		/** Goes on by this many milliseconds, and does what is due by then. */
		advance(ms: number): void {
			now += ms
			const due = [...timers].filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)
			for (const timer of due) {
				timers.delete(timer)
				timer.act()
			}
		},
		/** Goes on, from one thing that is to be done to the next, until the condition holds. */
		skipUntil<T>(what: string, condition: () => T | Promise<T>) {
			return until(what, async () => {
				const result = await condition()
				if (!result && timers.size > 0) await this.next()
				return result
			})
		},
		/** Goes on to when something is to be done next, as soon as there is such a thing, and does it. */
		async next(): Promise<number> {
			const timer = await first()
			timers.delete(timer)
			now = Math.max(now, timer.at)
			timer.act()
			return now
		},
		/** When something is to be done next, as soon as there is such a thing. */
		upcoming: async () => (await first()).at,
	}
}
