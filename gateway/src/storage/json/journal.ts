import { readdir, readFile, rm, stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import type { Change, CommitOptions, StateStore } from '../driver.ts'
import { makePrivateDirectory, syncDirectory } from './fs.ts'
import { holdsWholeLine, type Cipher } from './record-line.ts'
import {
	createRecordIndex,
	valuesAt,
	type Batch,
	type RecordIndex,
	type Ref,
} from './record-index.ts'
import { openSegment, scan, type Segment } from './segment.ts'
import { damagedSnapshot, loadSnapshot, writeSnapshot } from './snapshot.ts'

export type JournalOptions = {
	/** What a store that does not exist yet starts with. */
	initial(): Change[]
	/** Told when the end of a journal, which a crash had left half written, was cut off. */
	onCut?: ((what: { path: string; bytes: number }) => void) | undefined
	cipher?: Cipher | undefined
	/** Bytes after which, if they are also twice the snapshot's, a new snapshot is made. @default 4 MiB */
	compactAfter?: number | undefined
}

const COMPACT_AFTER = 4 * 1024 * 1024

export type JournalStore = StateStore & {
	/** Writes all that is true now to a new snapshot. Happens by itself when it is due. */
	compact(): Promise<void>
}

/**
 * State as an append-only journal and a snapshot, one pair a generation: `1.snapshot` is all that was true
 * when generation 1 began, `1.journal` holds every commit since, one a line: it is there whole or not at all.
 * @throws DamagedError when anything but the very end of the last journal cannot be read
 */
export async function openJournal(
	directory: string,
	options: JournalOptions,
): Promise<JournalStore> {
	const { cipher, compactAfter = COMPACT_AFTER } = options
	const pathOf = (generation: number, kind: Kind) => join(directory, `${generation}.${kind}`)
	const index = createRecordIndex()
	let { generation, segments } = await load(directory, index, options)
	let failure: unknown
	let compacting: Promise<void> | undefined

	function refuseFailed() {
		if (failure) throw new Error(`${directory} could not be written before`, { cause: failure })
	}

	async function commit(changes: readonly Change[], options?: CommitOptions): Promise<void> {
		refuseFailed()
		const batch = changes.map(({ collection, id, value }): Batch[0] => [
			collection,
			id,
			value ?? null,
		])
		const text = JSON.stringify(batch)
		const { place, written } = segments.at(-1)!.append(text, options)
		const refs = index.point(batch, place, text)
		try {
			await written
		} catch (error) {
			failure = error
			throw error
		}
		for (const ref of refs) ref.text = undefined
		if (isCompactionDue()) void compactOnce().catch(() => {})
	}

	function compactOnce(): Promise<void> {
		compacting ??= compact()
			.catch(noteFailure)
			.finally(() => (compacting = undefined))
		return compacting
	}

	function noteFailure(error: unknown): never {
		failure = error
		throw error
	}

	function isCompactionDue() {
		const [snapshot] = segments
		return segments.at(-1)!.size() >= Math.max(compactAfter, 2 * snapshot!.size())
	}

	/** New commits go to the next journal while all that is true now is written to its snapshot. */
	async function compact(): Promise<void> {
		const next = generation + 1
		const journal = await createJournal(pathOf(next, 'journal'), directory, cipher)
		// Nothing may be in the new one that builds on what the old one has lost.
		journal.goOnAfter(segments.at(-1)!)
		const old = segments
		segments = [...old, journal]
		generation = next
		await old.at(-1)!.flushed()
		const standing: Ref[] = []
		const places = await writeSnapshot(pathOf(next, 'snapshot'), whatStands(old, standing), {
			cipher,
			// What was overwritten while it was written is in the new journal alone.
			after: () => journal.flushed(),
		})
		const snapshot = await openSegment(pathOf(next, 'snapshot'), { create: false, cipher })
		standing.forEach((ref, nth) => {
			Object.assign(ref, { nth: 0, place: { ...places[nth]!, segment: snapshot } })
		})
		segments = [snapshot, journal]
		for (const segment of old) await segment.close()
		await removeBefore(directory, next)
	}

	/** The records of these segments that nothing has overwritten, one a batch; notes their refs. */
	async function* whatStands(old: Segment[], standing: Ref[]): AsyncGenerator<Batch> {
		for (const segment of old) {
			for await (const { text, offset } of scan(segment.path, cipher)) {
				if (text === undefined) throw damagedSnapshot(segment.path, `byte ${offset} is garbled`)
				const line = JSON.parse(text) as Batch | object
				for (const [nth, record] of (Array.isArray(line) ? (line as Batch) : []).entries()) {
					const ref = index.find(record[0], record[1])
					const { place } = ref ?? {}
					if (place?.segment !== segment || place.offset !== offset || ref!.nth !== nth) continue
					standing.push(ref!)
					yield [record]
				}
			}
		}
	}

	return {
		async get(collection, ids) {
			refuseFailed()
			const records = ids.flatMap((id) => {
				const ref = index.find(collection, id)
				return ref ? [[id, ref] as const] : []
			})
			return valuesOf(records)
		},
		async ids(collection) {
			refuseFailed()
			return index.list(collection).map(([id]) => id)
		},
		async list(collection) {
			refuseFailed()
			return valuesOf(index.list(collection))
		},
		commit,
		compact: compactOnce,
		async close() {
			// Its failure is known already to every later call.
			await compacting?.catch(() => {})
			for (const segment of segments) await segment.close()
		},
	}
}

async function valuesOf(records: (readonly [id: string, Ref])[]): Promise<Map<string, unknown>> {
	const values = await valuesAt(records.map(([, ref]) => ref))
	return new Map(records.map(([id], nth) => [id, values[nth]]))
}

type Kind = 'snapshot' | 'journal'
type Loaded = { generation: number; segments: Segment[] }

/** Reads the newest snapshot and every journal since; removes what a finished compaction left behind. */
async function load(
	directory: string,
	index: RecordIndex,
	options: JournalOptions,
): Promise<Loaded> {
	const { cipher } = options
	await makePrivateDirectory(directory)
	if ((await generationsIn(directory)).length === 0) await begin(directory, options)
	const generations = await generationsIn(directory)
	const newest = generations.findLast(({ hasSnapshot }) => hasSnapshot)?.generation
	if (newest === undefined) throw damagedSnapshot(directory, 'it has journals but no snapshot')
	const since = generations.map(({ generation }) => generation).filter((n) => n >= newest)
	const segments: Segment[] = []
	try {
		segments.push(
			await openSegment(join(directory, `${newest}.snapshot`), { create: false, cipher }),
		)
		await loadSnapshot(segments[0]!, index, cipher)
		for (const generation of since) {
			const path = join(directory, `${generation}.journal`)
			segments.push(await openOrCreateJournal(path, directory, cipher))
			const good = await loadJournal(segments.at(-1)!, index, cipher)
			if (good === undefined) continue
			if (
				await isWritten(
					directory,
					since.filter((later) => later > generation),
				)
			)
				throw damagedSnapshot(path, 'its end is missing, and a later one goes on')
			segments.push(await cutAt(good, segments.pop()!, index, options))
		}
	} catch (error) {
		for (const segment of segments) await segment.close()
		throw error
	}
	await removeBefore(directory, newest)
	return { generation: since.at(-1)!, segments }
}

async function isWritten(directory: string, generations: number[]): Promise<boolean> {
	const sizes = generations.map((generation) => stat(join(directory, `${generation}.journal`)))
	return (await Promise.all(sizes)).some(({ size }) => size > 0)
}

async function begin(directory: string, { initial, cipher }: JournalOptions) {
	const batches = initial().map(({ collection, id, value }): Batch => [[collection, id, value]])
	await writeSnapshot(join(directory, '1.snapshot'), batches, { cipher })
}

/** @returns where the journal stops making sense, if it does so at its very end */
async function loadJournal(segment: Segment, index: RecordIndex, cipher?: Cipher) {
	let good: number | undefined
	for await (const { text, offset, length } of scan(segment.path, cipher)) {
		// Only what a crash interrupted may be unreadable, and nothing was written after that.
		if (good !== undefined)
			throw damagedSnapshot(segment.path, `byte ${good} is garbled, and lines follow`)
		if (text === undefined) good = offset
		else index.point(JSON.parse(text) as Batch, { segment, offset, length })
	}
	return good
}

/** Cuts off what a crash interrupted. @throws DamagedError when there is more in it than that */
async function cutAt(good: number, segment: Segment, index: RecordIndex, options: JournalOptions) {
	const { path } = segment
	await segment.close()
	const tail = (await readFile(path)).subarray(good)
	if (holdsWholeLine(tail)) throw damagedSnapshot(path, `byte ${good} or one soon after is garbled`)
	await truncate(path, good)
	options.onCut?.({ path, bytes: tail.length })
	const whole = await openSegment(path, { create: false, cipher: options.cipher })
	index.move(segment, whole)
	return whole
}

async function createJournal(path: string, directory: string, cipher?: Cipher): Promise<Segment> {
	const segment = await openSegment(path, { create: true, cipher })
	await syncDirectory(directory)
	return segment
}

/** A journal begins to exist after its snapshot: a crash may have come between. */
async function openOrCreateJournal(path: string, directory: string, cipher?: Cipher) {
	try {
		return await openSegment(path, { create: false, cipher })
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
		return createJournal(path, directory, cipher)
	}
}

/** Removes what a newer snapshot holds, and snapshots that a crash left half written. */
async function removeBefore(directory: string, newest: number) {
	for (const name of await readdir(directory))
		if (name.endsWith('.snapshot.tmp')) await rm(join(directory, name), { force: true })
	for (const { generation } of await generationsIn(directory)) {
		if (generation >= newest) continue
		await rm(join(directory, `${generation}.journal`), { force: true })
		await rm(join(directory, `${generation}.snapshot`), { force: true })
	}
}

async function generationsIn(directory: string) {
	const names = await readdir(directory)
	const numbers = names.flatMap((name) => /^(\d+)\.(?:snapshot|journal)$/.exec(name)?.[1] ?? [])
	const sorted = [...new Set(numbers.map(Number))].sort((a, b) => a - b)
	return sorted.map((generation) => ({
		generation,
		hasSnapshot: names.includes(`${generation}.snapshot`),
	}))
}
