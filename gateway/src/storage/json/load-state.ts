import { open, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { makePrivateDirectory } from './fs.ts'
import { manifestFile, MANIFEST, type Manifest } from './manifest.ts'
import { isIn, type Range } from './range.ts'
import { damagedFile } from './damaged-file.ts'
import { openRecordFile, scan, type RecordFile } from './record-file.ts'
import { createRecordIndex, type Batch, type RecordIndex } from './record-index.ts'
import { holdsWriteBeginning } from './record-line.ts'
import { createSegment, type Segment } from './segment.ts'
import type { StateOptions } from './state-options.ts'
import { openTable, type Table } from './table.ts'

/** A journal that is not written any more. */
export type OldJournal = { number: number; size: number | null; file: RecordFile; isEmpty: boolean }
/** The journal that is written now. */
export type CurrentJournal = { number: number; segment: Segment }
export type NumberedTable = { number: number; table: Table }

export type LoadedState = {
	manifest: Manifest
	/** The oldest first. */
	tables: NumberedTable[]
	oldJournals: OldJournal[]
	journal: CurrentJournal
	index: RecordIndex
}

/** A line that is no commit deletes collections. */
export type DropLine = { drop: Range }

/** The first line of every journal: an empty file is not one. */
export const firstLine = (number: number) => JSON.stringify({ journal: number })

export const tablePath = (directory: string, number: number) => join(directory, `${number}.table`)
export const journalPath = (directory: string, number: number) =>
	join(directory, `${number}.journal`)

/**
 * Reads a state: the tables' indexes and all journals. Existing journals are never written to again; commits go to
 * a journal of our own.
 * @throws DamagedError when anything but the very end of the last journal cannot be read
 */
export async function loadState(directory: string, options: StateOptions): Promise<LoadedState> {
	await makePrivateDirectory(directory)
	const manifest = await manifestFile(join(directory, MANIFEST), options).read()
	if (!manifest) return begin(directory, options)
	const tables: NumberedTable[] = []
	const oldJournals: OldJournal[] = []
	try {
		for (const { number, dropped } of manifest.tables) {
			const path = await existing(tablePath(directory, number))
			tables.push({ number, table: await openTable(path, dropped, options) })
		}
		const index = createRecordIndex((collection, id) =>
			tables.some(({ table }) => table.mayHave(collection, id)),
		)
		for (const { number, size } of manifest.journals) {
			const path = await existing(journalPath(directory, number))
			const file = await openRecordFile(path, options.cipher)
			const journal: OldJournal = { number, size, file, isEmpty: true }
			oldJournals.push(journal)
			const later = manifest.journals.filter((other) => other.number > number)
			await loadJournal(journal, { directory, later, index, tables, options })
			if (journal.isEmpty) await oldJournals.pop()!.file.close()
		}
		const loaded = { tables, oldJournals, index }
		const state = { ...loaded, ...(await goOn(directory, manifest, loaded, options)) }
		await discardOthers(directory, state.manifest, options)
		return state
	} catch (error) {
		for (const { table } of tables) await table.close()
		for (const { file } of oldJournals) await file.close()
		throw error
	}
}

type LoadTo = {
	directory: string
	later: Manifest['journals']
	index: RecordIndex
	tables: NumberedTable[]
	options: StateOptions
}

async function loadJournal(journal: OldJournal, to: LoadTo): Promise<void> {
	const { index, tables, options } = to
	const { file } = journal
	let good = 0
	const part = { to: journal.size ?? Infinity, cipher: options.cipher }
	for await (const { text, offset, length } of scan(file.path, part)) {
		if (text === undefined) break
		const line = JSON.parse(text) as Batch | DropLine | object
		if (Array.isArray(line)) index.point(line as Batch, { file, span: { offset, length } })
		else if ('drop' in line) {
			index.drop(line.drop)
			const { drop } = line
			for (const { table } of tables) table.drop((name) => isIn(name, drop))
		}
		journal.isEmpty = good === 0
		good = offset + length
	}
	if (good === 0) throw damagedFile(file.path, 'it is empty or its beginning is garbled')
	await checkEnd(journal, good, to)
	journal.size = good
}

/** @throws DamagedError unless only the write that a crash interrupted is missing */
async function checkEnd({ file, size }: OldJournal, good: number, to: LoadTo): Promise<void> {
	const { size: bytes } = await stat(file.path)
	const end = size ?? bytes
	if (good === end) return
	if (size !== null) throw damagedFile(file.path, `byte ${good} or one soon after is garbled`)
	// A later journal is written only when this one is whole.
	if (await isWritten(to))
		throw damagedFile(file.path, 'its end is missing, and a later one goes on')
	if (holdsWriteBeginning(await bytesFrom(file.path, good, end)))
		throw damagedFile(file.path, `byte ${good} or one soon after is garbled`)
	to.options.onCut?.({ path: file.path, bytes: end - good })
}

/** Whether one of the later journals has more than its first line. */
async function isWritten({ later, directory, options }: LoadTo): Promise<boolean> {
	for (const { number } of later) {
		let lines = 0
		for await (const _ of scan(journalPath(directory, number), options))
			if (++lines > 1) return true
	}
	return false
}

async function bytesFrom(path: string, from: number, to: number): Promise<Buffer> {
	const file = await open(path, 'r')
	try {
		const bytes = Buffer.alloc(to - from)
		await file.read(bytes, 0, bytes.length, from)
		return bytes
	} finally {
		await file.close()
	}
}

/** Begins a journal of our own. Journals without commits are left out. */
async function goOn(
	directory: string,
	before: Manifest,
	{ tables, oldJournals }: Pick<LoadedState, 'tables' | 'oldJournals'>,
	options: StateOptions,
) {
	const number = before.next
	const kept = oldJournals.map((journal) => ({ number: journal.number, size: journal.size }))
	const manifest: Manifest = {
		next: number + 1,
		tables: tables.map(({ number, table }) => ({ number, dropped: table.dropped() })),
		journals: [...kept, { number, size: null }],
	}
	return { manifest, journal: await beginJournal(directory, manifest, [], options) }
}

/** Deletes files that a crash, or an older owner, left behind. */
async function discardOthers(directory: string, manifest: Manifest, { staging }: StateOptions) {
	const { tables, journals } = manifest
	const kept = new Set([
		MANIFEST,
		...tables.map(({ number }) => `${number}.table`),
		...journals.map(({ number }) => `${number}.journal`),
	])
	for (const name of await readdir(directory))
		if (!kept.has(name)) await staging.discard(join(directory, name))
}

async function begin(directory: string, options: StateOptions): Promise<LoadedState> {
	const left = (await readdir(directory)).find((name) => /^\d+\.(table|journal)$/.test(name))
	if (left) throw damagedFile(join(directory, MANIFEST), `it is missing, though there is ${left}`)
	const batch = options
		.initial()
		.map(({ collection, id, value }): Batch[0] => [collection, id, value])
	const manifest: Manifest = { next: 2, tables: [], journals: [{ number: 1, size: null }] }
	const text = JSON.stringify(batch)
	const lines = batch.length ? [text] : []
	const journal = await beginJournal(directory, manifest, lines, options)
	const index = createRecordIndex(() => false)
	// Read from memory: where the line is in the file is of no use to anybody.
	if (batch.length)
		index.point(batch, { file: journal.segment, span: { offset: 0, length: 0 }, text })
	return { manifest, tables: [], oldJournals: [], journal, index }
}

/** Makes the newest journal of a manifest, then the manifest: until then the state is as it was. */
export async function beginJournal(
	directory: string,
	manifest: Manifest,
	lines: readonly string[],
	options: StateOptions,
): Promise<CurrentJournal> {
	const { number } = manifest.journals.at(-1)!
	const path = journalPath(directory, number)
	// One that is there was made by an attempt that did not get as far as its manifest.
	await options.staging.discard(path)
	const segment = await createSegment(path, [firstLine(number), ...lines], options)
	try {
		await manifestFile(join(directory, MANIFEST), options).write(manifest)
	} catch (error) {
		await segment.close()
		throw error
	}
	return { number, segment }
}

async function existing(path: string): Promise<string> {
	await stat(path).catch((cause: NodeJS.ErrnoException) => {
		throw cause.code === 'ENOENT' ? damagedFile(path, 'it is missing', cause) : cause
	})
	return path
}
