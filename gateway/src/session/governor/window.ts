import { createDeque } from '../../lib/deque.ts'

/**
 * Counts what happened in a time that ends now. Calls take constant time, on average.
 * @param spanMs how long that time is
 * @param times when it happened before, the oldest first: Unix time in milliseconds
 */
export function createWindow(spanMs: number, times: readonly number[] = []) {
	const within = createDeque()
	for (const time of times) within.add(time)

	function count(now: number): number {
		while (within.first !== undefined && within.first <= now - spanMs) within.drop()
		return within.size
	}

	return {
		count,
		/** How many of them were at that time or later: takes longer, the more there are. */
		countFrom(time: number, now: number): number {
			count(now)
			return within.all().filter((each) => each >= time).length
		},
		add: (time: number) => within.add(time),
		/**
		 * When one more fits, although so many are about to happen: now, or later.
		 * @param limit 1 or more
		 */
		freeAt(now: number, limit: number, soon = 0): number {
			const used = count(now) + soon
			if (used < limit) return now
			return (within.at(used - limit) ?? now) + spanMs
		},
	}
}

export type Window = ReturnType<typeof createWindow>
