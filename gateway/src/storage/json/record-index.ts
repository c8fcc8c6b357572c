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
export function valuesAt(refs: readonly Ref[]): Promise<unknown[]> {
	const batches = new Map<Place, Promise<Batch>>()
	const batchOf = (place: Place) => {
		const known = batches.get(place) ?? readBatch(place)
		batches.set(place, known)
		return known
	}
	return Promise.all(refs.map(async ({ place, nth }) => (await batchOf(place))[nth]![2]))
}

async function readBatch({ file, span, text }: Place): Promise<Batch> {
	return JSON.parse(text ?? (await file.read(span))) as Batch
}
