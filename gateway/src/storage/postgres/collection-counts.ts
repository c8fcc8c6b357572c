import type { Change } from '../driver.ts'
import { isIn, type Range } from '../json/range.ts'

/** At most how many records each collection of a state has; one that is not among them has none. */
export type CollectionCounts = ReturnType<typeof createCounts>

/**
 * Whoever owns a state knows which collections are empty: these are read without a query.
 * @param stored as they are when the state is opened
 */
export function createCounts(stored: Iterable<[collection: string, records: number]>) {
	const counts = new Map(stored)
	return {
		has: (collection: string) => counts.has(collection),
		startingWith: (prefix: string) =>
			new Map([...counts].filter(([collection]) => collection.startsWith(prefix))),
		/** What is deleted or written twice counts all the same. */
		add(changes: readonly Change[]): void {
			for (const { collection, value } of changes)
				if (value !== null && value !== undefined)
					counts.set(collection, (counts.get(collection) ?? 0) + 1)
		},
		/** @returns whether there was something to drop */
		drop(range: Range): boolean {
			const due = [...counts.keys()].filter((collection) => isIn(collection, range))
			for (const collection of due) counts.delete(collection)
			return due.length > 0
		},
	}
}
