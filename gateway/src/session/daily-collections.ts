import { DAY_MS } from '../lib/units.ts'
import type { Change, StateStore } from '../storage/driver.ts'

/** A clock that was ahead by up to so many days and was set right does not make later records seem older. */
const AHEAD_DAYS = 2

/**
 * Records that are kept for some days, in one collection per day: those of an old day are dropped together. An id may
 * be in several days. A look-up does not depend on the clock: it reads every day that there is.
 */
export async function dailyCollections<T>(
	state: StateStore,
	name: string,
	keepDays: number,
	now = Date.now,
) {
	const prefix = `${name}/`
	const collectionOf = (day: number) => prefix + new Date(day * DAY_MS).toISOString().slice(0, 10)
	const dayNow = () => Math.floor(now() / DAY_MS)
	// The collections of all days, the oldest first.
	let days = (await state.collections(prefix)).sort()
	let latest = { day: NaN, collection: '' }

	/** The collection of today, or the newest one if the clock was set back a little. */
	function today(): string {
		const day = dayNow()
		if (latest.day === day) return latest.collection
		const ahead = Array.from({ length: AHEAD_DAYS }, (_, n) => collectionOf(day + AHEAD_DAYS - n))
		latest = { day, collection: ahead.find((one) => days.includes(one)) ?? collectionOf(day) }
		if (!days.includes(latest.collection)) days = [...days, latest.collection].sort()
		return latest.collection
	}

	return {
		put: (id: string, value: T): Change => ({ collection: today(), id, value }),
		/** The records of an id, oldest first. */
		async find(id: string): Promise<T[]> {
			const found = await Promise.all(days.map((day) => state.get(day, [id])))
			return found.flatMap((records) => [...records.values()] as T[])
		},
		/** The latest record of each id with this prefix. */
		async startingWith(start: string): Promise<Map<string, T>> {
			const found = new Map<string, T>()
			for (const day of days) {
				const wanted = (await state.ids(day)).filter((id) => id.startsWith(start))
				const values = wanted.length ? await state.get(day, wanted) : []
				for (const [id, value] of values) found.set(id, value as T)
			}
			return found
		},
		/** Deletes the records that are too old. */
		async prune(): Promise<void> {
			const oldest = collectionOf(dayNow() - keepDays)
			days = days.filter((collection) => collection >= oldest)
			await state.drop(prefix, oldest.slice(prefix.length))
		},
	}
}
