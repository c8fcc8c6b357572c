import { join } from 'node:path'
import { createMutex } from '../../lib/keyed-mutex.ts'
import type { Frozen, Layers } from './layers.ts'
import {
	beginJournal,
	journalPath,
	tablePath,
	type LoadedState,
	type NumberedTable,
} from './load-state.ts'
import { MANIFEST, manifestFile, type Manifest } from './manifest.ts'
import { mergeTables } from './merge-tables.ts'
import { createBatchReader, valuesAt, type BatchReader } from './record-index.ts'
import type { StateOptions } from './state-options.ts'
import { openTable, writeTable, type Entry, type Table } from './table.ts'

const COMPACT_AFTER = 1024 * 1024
/** How long to wait after a failure. */
const RETRY_MS = 10_000
/** Tables of about the same size that are merged into one. */
const MERGED_AT_ONCE = 4
/** More old journals than this: each start begins one, and each is an open file. */
const MAX_JOURNALS = 16
/** Offsets in a table have four bytes. */
const MAX_TABLE_BYTES = 2 ** 31
/** Records whose values are read at a time: enough for one write, so that commits do not queue behind the reads. */
const PAGE = 50
/** Lines of journals that are kept while they are written to a table: mostly all of them. */
const KEPT_BYTES = 2 * COMPACT_AFTER

export type CompactionOptions = {
	directory: string
	loaded: LoadedState
	layers: Layers
	options: StateOptions
}

/** Moves records from journals into tables, and merges tables. One at a time; reads and commits go on meanwhile. */
export function createCompaction({ directory, loaded, layers, options }: CompactionOptions) {
	const { staging, compactAfter = COMPACT_AFTER } = options
	const manifestWriter = manifestFile(join(directory, MANIFEST), options)
	let { next } = loaded.manifest
	const inTurn = createMutex()
	let waiting = 0
	let notBefore = 0
	let isStopped = false

	/** The manifest of the files that are there now. */
	function currentManifest(): Manifest {
		const written = [layers.frozen()?.journal, layers.journal()].flatMap((journal) => journal ?? [])
		const old = [...(layers.frozen()?.journals ?? []), ...layers.journals()]
		return {
			next,
			tables: layers.tables().map(({ number, table }) => ({ number, dropped: table.dropped() })),
			journals: [
				...old.map(({ number, size }) => ({ number, size })),
				...written.map(({ number }) => ({ number, size: null })),
			],
		}
	}

	async function freeze(): Promise<Frozen> {
		const number = next
		const manifest = currentManifest()
		manifest.next = number + 1
		manifest.journals.push({ number, size: null })
		const journal = await beginJournal(directory, manifest, [], options)
		next = manifest.next
		return layers.freeze(journal)
	}

	/** Writes the records of the journals to a table. */
	async function flush(): Promise<void> {
		const frozen = layers.frozen() ?? (await freeze())
		await frozen.journal.segment.flushed()
		layers.thaw(await newTable(collectionsOf(frozen)))
		await manifestWriter.write(currentManifest())
		await layers.readsDone()
		const { segment, number } = frozen.journal
		for (const { file, ...old } of [...frozen.journals, { number, file: segment }]) {
			await file.close()
			await staging.discard(journalPath(directory, old.number))
		}
	}

	async function newTable(
		collections: AsyncIterable<{ name: string; entries: AsyncIterable<Entry> }>,
	): Promise<NumberedTable> {
		const number = next++
		const path = tablePath(directory, number)
		await writeTable(path, collections, options)
		return { number, table: await openTable(path, [], options) }
	}

	/** Merges tables into one, without dropped collections. */
	async function merge(run: readonly NumberedTable[]): Promise<void> {
		const isOldest = run[0] === layers.tables()[0]
		const tables = run.map(({ table }) => table)
		const droppedBefore = new Set(tables.flatMap((table) => table.dropped()))
		const isEmpty = tables.every((table) => table.collections().length === 0)
		const merged = isEmpty ? undefined : await newTable(mergeTables(tables, isOldest))
		const dropped = new Set(
			tables.flatMap((table) => table.dropped()).filter((name) => !droppedBefore.has(name)),
		)
		merged?.table.drop((name) => dropped.has(name))
		layers.replace(run, merged)
		await manifestWriter.write(currentManifest())
		await layers.readsDone()
		for (const { number, table } of run) {
			await table.close()
			await staging.discard(tablePath(directory, number))
		}
	}

	async function compactDue(): Promise<void> {
		if (isFlushDue() || layers.frozen()) await flush()
		for (let run = dueForMerge(layers.tables()); run; run = dueForMerge(layers.tables()))
			await merge(run)
	}

	const isFlushDue = () =>
		layers.journalBytes() >= compactAfter || layers.journals().length >= MAX_JOURNALS

	const isDue = () =>
		isFlushDue() || layers.frozen() !== undefined || dueForMerge(layers.tables()) !== undefined

	async function run(work: () => Promise<void>): Promise<void> {
		try {
			await work()
		} catch (error) {
			notBefore = Date.now() + RETRY_MS
			options.onCompactionFailed?.(error)
			throw error
		}
	}

	/** Runs it after the work that is running now. */
	function start(work: () => Promise<void>): Promise<void> {
		waiting++
		return inTurn(() => run(work)).finally(() => waiting--)
	}

	return {
		/** Starts compactions that are due. Returns at once. */
		consider() {
			if (isStopped || waiting > 0 || Date.now() < notBefore || !isDue()) return
			start(compactDue).catch(() => {})
		},
		/** Writes everything anew. */
		rewrite: () =>
			start(async () => {
				await flush()
				for (const table of [...layers.tables()]) await merge([table])
			}),
		/** Starts nothing more. Resolves when nothing is being written. */
		async stop() {
			isStopped = true
			await inTurn(() => {})
		},
	}
}

async function* collectionsOf({ index }: Frozen) {
	const batchOf = createBatchReader(KEPT_BYTES)
	for (const name of index.collections()) yield { name, entries: entriesOf(index, name, batchOf) }
}

async function* entriesOf(
	index: Frozen['index'],
	collection: string,
	batchOf: BatchReader,
): AsyncGenerator<Entry> {
	const records = index.list(collection)
	for (let from = 0; from < records.length; from += PAGE) {
		const page = records.slice(from, from + PAGE)
		const values = (
			await valuesAt(
				page.flatMap(([, ref]) => ref ?? []),
				batchOf,
			)
		).values()
		for (const [id, ref] of page)
			yield { id, value: ref ? values.next().value : null, isReborn: ref?.isReborn === true }
	}
}

/**
 * Tables that are to become one: a table that holds more dropped than kept bytes, or the newest tables,
 * if they are several and each is not much larger than those after it together. So a record is written anew only a few
 * times, however many there are.
 */
function dueForMerge(tables: readonly NumberedTable[]): NumberedTable[] | undefined {
	const wasteful = tables.find(({ table }) => table.waste() > table.size())
	if (wasteful) return [wasteful]
	const run: NumberedTable[] = []
	let bytes = 0
	for (const candidate of [...tables].reverse()) {
		const size = sizeOf(candidate.table)
		if (run.length > 0 && (size > 2 * bytes || bytes + size > MAX_TABLE_BYTES)) break
		run.unshift(candidate)
		bytes += size
	}
	return run.length >= MERGED_AT_ONCE ? run : undefined
}

const sizeOf = (table: Table) => table.size() + table.waste()
