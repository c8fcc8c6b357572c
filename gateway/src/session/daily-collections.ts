import { DAY_MS } from '../lib/units.ts'
import type { Change, StateStore } from '../storage/driver.ts'

/**
 * Records that are kept for some days, in one collection per day: those of an old day are dropped together. An id may
 * be in several days.
 */
export function dailyCollections<T>(
	state: StateStore,
	name: string,
	keepDays: number,
	now = Date.now,
) {
	const dayOf = (time: number) => Math.floor(time / DAY_MS)
	const nameOf = (day: number) => new Date(day * DAY_MS).toISOString().slice(0, 10)
	let known = { day: NaN, collections: [''] }

	/** The collections of all days, the oldest first. */
	function days(): string[] {
		const day = dayOf(now())
		if (known.day !== day) {
			const names = Array.from({ length: keepDays + 1 }, (_, n) => nameOf(day - keepDays + n))
			known = { day, collections: names.map((date) => `${name}/${date}`) }
		}
		return known.collections
	}

	return {
		put: (id: string, value: T): Change => ({ collection: days().at(-1)!, id, value }),
		/** The records of an id, oldest first. */
		async find(id: string): Promise<T[]> {
			const found = await Promise.all(days().map((day) => state.get(day, [id])))
			return found.flatMap((records) => [...records.values()] as T[])
		},
		/** The latest record of each id with this prefix. */
		async startingWith(prefix: string): Promise<Map<string, T>> {
			const found = new Map<string, T>()
			for (const day of days()) {
				const wanted = (await state.ids(day)).filter((id) => id.startsWith(prefix))
				const values = wanted.length ? await state.get(day, wanted) : []
				for (const [id, value] of values) found.set(id, value as T)
			}
			return found
		},
		/** Deletes the records that are too old. */
		prune: (): Promise<void> => state.drop(`${name}/`, nameOf(dayOf(now()) - keepDays)),
	}
}
