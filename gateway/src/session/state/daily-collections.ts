import type { Change, StateStore } from '../../storage/driver.ts'
import { DAY_MS } from '../../lib/units.ts'

/** How many days back to look for collections to delete: longer than a gateway is left off. */
const LOOK_BACK_DAYS = 400

/**
 * Records that are kept for some days, in one collection per day: deleting old ones needs no look at any record. An id
 * may be in several days.
 */
export function dailyCollections<T>(
	state: StateStore,
	name: string,
	keepDays: number,
	now = Date.now,
) {
	const collectionOf = (day: number) =>
		`${name}/${new Date(day * DAY_MS).toISOString().slice(0, 10)}`
	const dayNow = () => Math.floor(now() / DAY_MS)
	const dayOf = (daysAgo: number) => collectionOf(dayNow() - daysAgo)
	let latest = { day: NaN, name: '' }

	function today(): string {
		const day = dayNow()
		if (latest.day !== day) latest = { day, name: collectionOf(day) }
		return latest.name
	}

	return {
		put: (id: string, value: T): Change => ({ collection: today(), id, value }),
		/** The records of an id, oldest first. */
		async find(id: string): Promise<T[]> {
			const found: T[] = []
			for (let daysAgo = keepDays; daysAgo >= 0; daysAgo--) {
				const value = (await state.get(dayOf(daysAgo), [id])).get(id)
				if (value !== undefined) found.push(value as T)
			}
			return found
		},
		/** The latest record of each id with this prefix. */
		async startingWith(prefix: string): Promise<Map<string, T>> {
			const found = new Map<string, T>()
			for (let daysAgo = keepDays; daysAgo >= 0; daysAgo--) {
				const ids = await state.ids(dayOf(daysAgo))
				const wanted = ids.filter((id) => id.startsWith(prefix))
				const values = wanted.length ? await state.get(dayOf(daysAgo), wanted) : []
				for (const [id, value] of values) found.set(id, value as T)
			}
			return found
		},
		/** Every id that is kept, the oldest day first. */
		async ids(): Promise<string[]> {
			const ids: string[] = []
			for (let daysAgo = keepDays; daysAgo >= 0; daysAgo--)
				ids.push(...(await state.ids(dayOf(daysAgo))))
			return ids
		},
		/** Deletes the collections that are too old. */
		async prune(): Promise<void> {
			for (let daysAgo = keepDays + 1; daysAgo < LOOK_BACK_DAYS; daysAgo++) {
				const ids = await state.ids(dayOf(daysAgo))
				if (ids.length)
					await state.commit(ids.map((id) => ({ collection: dayOf(daysAgo), id, value: null })))
			}
		},
	}
}
