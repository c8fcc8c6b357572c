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
