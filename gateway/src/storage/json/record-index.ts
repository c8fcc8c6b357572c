import { isIn, type Range } from './range.ts'
import type { RecordFile, Span } from './record-file.ts'

/** A line's text: one commit. */
export type Batch = [collection: string, id: string, value: unknown][]

/** Where a line of a journal is. Until it is written, it is in `text`. */
export type Place = { file: RecordFile; span: Span; text?: string | undefined }

/** Where a record is: its line and its position there. */
export type Ref = {
	place: Place
	nth: number
	/** It was deleted before: it takes no earlier place in the order of first writing. */
	isReborn: boolean
}

/**
 * Which records journals hold, and where: some 150 bytes a record, the values stay on disk. `null` stands for a record
 * that was deleted and may be in an older layer.
 * @param isBelow whether an older layer may have a record
 */
export function createRecordIndex(isBelow: (collection: string, id: string) => boolean) {
	const collections = new Map<string, Map<string, Ref | null>>()
	const recordsOf = (collection: string) => {
		const known = collections.get(collection) ?? new Map<string, Ref | null>()
		collections.set(collection, known)
		return known
	}

	function remove(collection: string, id: string) {
		const records = recordsOf(collection)
		records.delete(id)
		if (isBelow(collection, id)) records.set(id, null)
	}

	function set(collection: string, id: string, place: Place, nth: number) {
		const records = recordsOf(collection)
		const before = records.get(id)
		if (before === null) records.delete(id)
		records.set(id, { place, nth, isReborn: before === null || before?.isReborn === true })
	}

	return {
		/** Takes in a batch. */
		point(batch: Batch, place: Place) {
			for (const [nth, [collection, id, value]] of batch.entries())
				if (value === null) remove(collection, id)
				else set(collection, id, place, nth)
		},
		/** Undefined if the record is not here, null if it was deleted here. */
		find: (collection: string, id: string) => collections.get(collection)?.get(id),
		collections: () => [...collections.keys()],
		/** How many records of a collection are here, deleted ones included. */
		count: (collection: string) => collections.get(collection)?.size ?? 0,
		/** The records of a collection, in the order of first writing. */
		list: (collection: string): [string, Ref | null][] => [...(collections.get(collection) ?? [])],
		drop(range: Range) {
			for (const name of collections.keys()) if (isIn(name, range)) collections.delete(name)
		},
	}
}

export type RecordIndex = ReturnType<typeof createRecordIndex>

/**
 * The values of records, in the order of their refs. Each line is read and parsed once: a device that is
 * linked keeps 812 keys in one. Copies: the caller may change them.
 */
export function valuesAt(
	refs: readonly Ref[],
	batchOf: BatchReader = createBatchReader(),
): Promise<unknown[]> {
	return Promise.all(refs.map(async ({ place, nth }) => (await batchOf(place))[nth]![2]))
}

/** Gives the commit that a line holds. */
export type BatchReader = (place: Place) => Promise<Batch>

/**
 * Reads lines, and keeps the last ones: a commit has records of several collections, which are asked for one after the
 * other.
 * @param mostBytes how much of the lines is kept at least
 */
export function createBatchReader(mostBytes = Infinity): BatchReader {
	const batches = new Map<Place, Promise<Batch>>()
	const readers = new Map<RecordFile, ReturnType<RecordFile['ahead']>>()
	let bytes = 0

	function lineAt({ file, span }: Place): Promise<string> {
		const read = readers.get(file) ?? file.ahead()
		readers.set(file, read)
		return read(span)
	}

	async function parsed(place: Place): Promise<Batch> {
		return JSON.parse(place.text ?? (await lineAt(place))) as Batch
	}

	return (place) => {
		const known = batches.get(place)
		if (known) return known
		const batch = parsed(place)
		batches.set(place, batch)
		bytes += place.span.length
		for (const [oldest] of batches) {
			if (bytes <= mostBytes || oldest === place) break
			batches.delete(oldest)
			bytes -= oldest.span.length
		}
		return batch
	}
}
