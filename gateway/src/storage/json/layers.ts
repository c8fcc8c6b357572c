import type { CurrentJournal, LoadedState, NumberedTable, OldJournal } from './load-state.ts'
import { isIn, type Range } from './range.ts'
import { createRecordIndex, valuesAt, type RecordIndex, type Ref } from './record-index.ts'

/** The records of journals that are being written to a table. */
export type Frozen = {
	index: RecordIndex
	/** The last of the journals, and those before it. */
	journal: CurrentJournal
	journals: OldJournal[]
	/** The collections that were dropped since. */
	dropped: Range[]
}

/**
 * The layers of a state, the newest first: the index of the journals that are written now, the index of those that are
 * being written to a table, and the tables. A record is what the first layer that has it says.
 */
export function createLayers(loaded: LoadedState) {
	const { tables, oldJournals } = loaded
	let { index } = loaded
	let { journal } = loaded
	let journals = oldJournals
	let frozen: Frozen | undefined
	// Files that a read may still need are closed after it.
	const reads = new Set<Promise<unknown>>()

	const newestFirst = () => tables.map(({ table }) => table).reverse()

	/** Undefined if tables have to be asked. */
	const inMemory = (collection: string, id: string): Ref | null | undefined => {
		const found = index.find(collection, id)
		return found === undefined ? frozen?.index.find(collection, id) : found
	}

	const isBelow = (collection: string, id: string) =>
		Boolean(frozen?.index.find(collection, id)) ||
		tables.some(({ table }) => table.mayHave(collection, id))

	function collections(): Map<string, number> {
		const counts = new Map<string, number>()
		for (const layer of [index, frozen?.index, ...tables.map(({ table }) => table)])
			for (const name of layer?.collections() ?? [])
				counts.set(name, (counts.get(name) ?? 0) + layer!.count(name))
		return counts
	}

	function reading<T>(read: () => Promise<T>): Promise<T> {
		const promise = read()
		const settled = promise.then(
			() => {},
			() => {},
		)
		reads.add(settled)
		void settled.then(() => reads.delete(settled))
		return promise
	}

	async function valuesOf(
		collection: string,
		ids: readonly string[],
	): Promise<Map<string, unknown>> {
		// Commits that come while tables are read are not seen: the places are looked up now.
		const places = new Map(ids.map((id) => [id, inMemory(collection, id)]))
		const asked = newestFirst()
		const inTables = new Map<string, unknown>()
		for (const [id, place] of places) {
			if (place !== undefined) continue
			for (const table of asked) {
				if (!table.mayHave(collection, id)) continue
				const found = await table.find(collection, id)
				if (found && found.value !== null) inTables.set(id, found.value)
				if (found) break
			}
		}
		const refs = [...places].filter((entry): entry is [string, Ref] => Boolean(entry[1]))
		const values = await valuesAt(refs.map(([, ref]) => ref))
		const inJournals = new Map(refs.map(([id], n) => [id, values[n]]))
		return new Map(
			[...places.keys()].flatMap((id) => {
				const value = inJournals.get(id) ?? inTables.get(id)
				return value === undefined ? [] : [[id, value] as const]
			}),
		)
	}

	async function all(collection: string): Promise<Map<string, unknown>> {
		const memory = [...(frozen ? frozen.index.list(collection) : []), ...index.list(collection)]
		const found = new Map<string, unknown>()
		const put = (id: string, value: unknown, isReborn: boolean) => {
			if (value === null || isReborn) found.delete(id)
			if (value !== null) found.set(id, value)
		}
		const oldestFirst = newestFirst().reverse()
		const refs = memory.flatMap(([, ref]) => ref ?? [])
		const values = valuesAt(refs)
		values.catch(() => {})
		for (const table of oldestFirst)
			for await (const { id, value, isReborn } of table.entries(collection))
				put(id, value, isReborn)
		const ready = (await values).values()
		for (const [id, ref] of memory) put(id, ref ? ready.next().value : null, ref?.isReborn === true)
		return found
	}

	return {
		journal: () => journal,
		active: () => index,
		tables: (): readonly NumberedTable[] => tables,
		/** Bytes in the journals. */
		journalBytes: () =>
			journals.reduce((sum, { size }) => sum + (size ?? 0), journal.segment.size()),
		journals: () => journals,
		frozen: () => frozen,
		get: (collection: string, ids: readonly string[]) =>
			reading(() => valuesOf(collection, [...new Set(ids)])),
		list: (collection: string) => reading(() => all(collection)),
		/** Whether there is a collection that `drop` would delete. */
		has: (range: Range): boolean => [...collections().keys()].some((name) => isIn(name, range)),
		/** The collections, with at most how many records each has. */
		collections,
		drop(range: Range) {
			index.drop(range)
			frozen?.index.drop(range)
			frozen?.dropped.push(range)
			for (const { table } of tables) table.drop((name) => isIn(name, range))
		},
		/** Freezes the journals; further commits go to another one. */
		freeze(next: CurrentJournal): Frozen {
			frozen = { index, journal, journals, dropped: [] }
			next.segment.goOnAfter(journal.segment)
			journal = next
			journals = []
			index = createRecordIndex(isBelow)
			return frozen
		},
		/** A table takes the place of the frozen journals. */
		thaw(table: NumberedTable) {
			for (const range of frozen!.dropped) table.table.drop((name) => isIn(name, range))
			tables.push(table)
			frozen = undefined
		},
		/** A table takes the place of several that follow each other. */
		replace(old: readonly NumberedTable[], table: NumberedTable | undefined) {
			tables.splice(tables.indexOf(old[0]!), old.length, ...(table ? [table] : []))
		},
		/** Resolves when everything that is being read now was read. */
		readsDone: () => Promise.all(reads),
		async close() {
			await Promise.all(reads)
			const old = [...journals, ...(frozen?.journals ?? [])].map(({ file }) => file)
			const written = [frozen?.journal.segment, journal.segment]
			const files = [...tables.map(({ table }) => table), ...old, ...written]
			await Promise.all(files.map((file) => file?.close()))
		},
	}
}

export type Layers = ReturnType<typeof createLayers>
