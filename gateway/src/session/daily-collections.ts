import { DAY_MS } from '../lib/units.ts'
import type { Change, StateStore } from '../storage/driver.ts'

/** A clock that was ahead by up to so many days and was set right does not make later records seem older. */
const AHEAD_DAYS = 2

/** What is kept of a busy session, to the part: some 12 MB of memory for each such kind of records. */
const KEEP_RECORDS = 1_000_000
const PART_RECORDS = 50_000
/** So many records are read at once when all are read. */
const BATCH = 200

/** A collection that holds the records of a day, or the next of them: `message/2026-11-26`, `message/2026-11-26.001`. */
type Part = { collection: string; records: number }

export type DailyOptions = {
	/** Unix time in milliseconds. */
	now?: () => number
	/** So many records are kept at most, to the part. */
	keepRecords?: number
	/** A part has so many records at most. */
	partRecords?: number
}

/**
 * Records that are kept for some days, and at most so many, in parts of a day each or less: an old part is dropped as a
 * whole. An id may be in several parts. A look-up does not depend on the clock: it reads every part that there is.
 */
export async function dailyCollections<T>(
	state: StateStore,
	name: string,
	keepDays: number,
	{ now = Date.now, keepRecords = KEEP_RECORDS, partRecords = PART_RECORDS }: DailyOptions = {},
) {
	const prefix = `${name}/`
	const collectionOf = (day: number) => prefix + new Date(day * DAY_MS).toISOString().slice(0, 10)
	const dayNow = () => Math.floor(now() / DAY_MS)
	// The oldest first.
	let parts = [...(await state.collections(prefix))]
		.map(([collection, records]): Part => ({ collection, records }))
		.sort(byAge)
	let latest: { day: number; part: Part } | undefined

	/** The newest part of today, or of a day that is ahead if the clock was set back a little. */
	function partOf(day: number): Part {
		const days = Array.from({ length: AHEAD_DAYS + 1 }, (_, n) => collectionOf(day + n))
		const newest = parts.findLast((part) => days.includes(dayOf(part)))
		if (newest && newest.records < partRecords) return newest
		const part = { collection: newest ? nextOf(newest) : collectionOf(day), records: 0 }
		parts = [...parts, part].sort(byAge)
		return part
	}

	function current(): Part {
		const day = dayNow()
		if (latest?.day !== day || latest.part.records >= partRecords)
			latest = { day, part: partOf(day) }
		return latest.part
	}

	return {
		put(id: string, value: T): Change {
			const part = current()
			part.records++
			return { collection: part.collection, id, value }
		},
		/** The records of an id, or of any of several, oldest first. */
		async find(...ids: string[]): Promise<T[]> {
			const found = await Promise.all(parts.map(({ collection }) => state.get(collection, ids)))
			return found.flatMap((records) => [...records.values()] as T[])
		},
		/** These ids are looked for soon; undefined if it is of no use to say so. */
		ahead:
			state.ahead &&
			((...ids: string[]) => parts.forEach(({ collection }) => state.ahead!(collection, ids))),
		/** Every record, the last written first, in batches; of an id in several parts, each of its records. */
		async *newestFirst(): AsyncGenerator<Map<string, T>> {
			for (const { collection } of parts.toReversed()) {
				const ids = (await state.ids(collection)).reverse()
				for (let n = 0; n < ids.length; n += BATCH) {
					const batch = ids.slice(n, n + BATCH)
					const found = await state.get(collection, batch)
					yield new Map(batch.map((id) => [id, found.get(id) as T]))
				}
			}
		},
		/** The latest record of each id with this prefix. */
		async startingWith(start: string): Promise<Map<string, T>> {
			const found = new Map<string, T>()
			for (const { collection } of parts) {
				const wanted = (await state.ids(collection)).filter((id) => id.startsWith(start))
				const values = wanted.length ? await state.get(collection, wanted) : []
				for (const [id, value] of values) found.set(id, value as T)
			}
			return found
		},
		/** Deletes the parts that are too old, or too many. */
		async prune(): Promise<void> {
			let records = 0
			const enough = parts.findLast((part) => (records += part.records) >= keepRecords)
			const oldest = [collectionOf(dayNow() - keepDays), enough?.collection ?? ''].sort().at(-1)!
			parts = parts.filter(({ collection }) => collection >= oldest)
			await state.drop(prefix, oldest.slice(prefix.length))
		},
	}
}

const byAge = (a: Part, b: Part) => (a.collection < b.collection ? -1 : 1)

const dayOf = ({ collection }: Part) => collection.split('.')[0]!

const nextOf = (part: Part) => {
	const number = Number(part.collection.split('.')[1] ?? 0) + 1
	return `${dayOf(part)}.${String(number).padStart(3, '0')}`
}
