import type { Entry, Table } from './table.ts'

/**
 * The records of tables as one table has them: of each record the newest version, at the place where it was first
 * written. Needs no more memory than a few records, however many there are.
 * @param run the oldest first
 * @param isOldest nothing is below them: a deleted record needs no mark
 */
export async function* mergeTables(run: readonly Table[], isOldest: boolean) {
	const names = new Set(run.flatMap((table) => table.collections()))
	for (const name of names) yield { name, entries: merged(name, run, isOldest) }
}

async function* merged(
	collection: string,
	run: readonly Table[],
	isOldest: boolean,
): AsyncGenerator<Entry> {
	for (const [n, table] of run.entries()) {
		const [older, newer] = [run.slice(0, n), run.slice(n + 1)]
		for await (const entry of table.entries(collection)) {
			const before = (await versionsIn(older, collection, entry.id)).at(-1)
			// The older one has taken the newest version to its place.
			if (before && before.value !== null && !entry.isReborn && entry.value !== null) continue
			const standing = standingAt(entry, await versionsIn(newer, collection, entry.id))
			if (standing && !(isOldest && standing.value === null)) yield standing
		}
	}
}

/** The entry that the merged table has in the place of this one; undefined if a newer version has a place of its own. */
function standingAt(entry: Entry, newer: readonly Entry[]): Entry | undefined {
	const newest = newer.at(-1)
	if (!newest) return entry
	if (entry.value === null || newer.some((other) => other.value === null || other.isReborn))
		return undefined
	return { ...entry, value: newest.value }
}

/** The versions of a record in tables, in the order of the tables. */
async function versionsIn(
	tables: readonly Table[],
	collection: string,
	id: string,
): Promise<Entry[]> {
	const versions: Entry[] = []
	for (const table of tables) {
		const found = await table.find(collection, id)
		if (found) versions.push(found)
	}
	return versions
}
