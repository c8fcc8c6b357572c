import type { WritePosition, Segment } from './segment.ts'

/** A line's text: one commit. */
export type Batch = [collection: string, id: string, value: unknown][]

/** Where a record is: its line and its position there. Until that line is written, it is in `text`. */
export type Ref = { place: WritePosition; nth: number; text?: string | undefined }

/** Which records there are, and where. Some 150 bytes a record: the values stay on disk. */
export function createRecordIndex() {
	const collections = new Map<string, Map<string, Ref>>()
	const recordsOf = (collection: string) => {
		const known = collections.get(collection) ?? new Map<string, Ref>()
		collections.set(collection, known)
		return known
	}
	return {
		/** Takes in a batch that stands at a place or, if its text is given, will stand there. */
		point(batch: Batch, place: WritePosition, text?: string): Ref[] {
			return batch.map(([collection, id, value], nth) => {
				const ref: Ref = { place, nth, text }
				if (value === null) recordsOf(collection).delete(id)
				else recordsOf(collection).set(id, ref)
				return ref
			})
		},
		find: (collection: string, id: string) => collections.get(collection)?.get(id),
		list: (collection: string) => [...(collections.get(collection) ?? [])],
		/** A segment was opened anew: its records are where they were. */
		move(from: Segment, to: Segment) {
			for (const records of collections.values())
				for (const { place } of records.values()) if (place.segment === from) place.segment = to
		},
	}
}

export type RecordIndex = ReturnType<typeof createRecordIndex>

/**
 * The values of records, in the order of their refs. Each line is read and parsed once: a device that is
 * linked keeps 812 keys in one. Copies: the caller may change them.
 */
export function valuesAt(refs: readonly Ref[]): Promise<unknown[]> {
	const batches = new Map<WritePosition, Promise<Batch>>()
	const batchOf = ({ place, text }: Ref) => {
		const known = batches.get(place) ?? readBatch(place, text)
		batches.set(place, known)
		return known
	}
	return Promise.all(
		refs.map(async (ref) => {
			// Compaction gives a record another place while its line is read.
			const { nth } = ref
			return (await batchOf(ref))[nth]![2]
		}),
	)
}

async function readBatch(place: WritePosition, text: string | undefined): Promise<Batch> {
	return JSON.parse(text ?? (await place.segment.read(place))) as Batch
}
