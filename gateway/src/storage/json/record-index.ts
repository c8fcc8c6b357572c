import type { Place, Segment } from './segment.ts'

/** A line's text: one commit. */
export type Batch = [collection: string, id: string, value: unknown][]

/** Where a record is: a line and its position in the batch or, until that is written, the value. */
export type Ref = { place: Place; nth: number; pending: boolean; value?: unknown }

export type Entry = { collection: string; id: string; ref: Ref }

/** Which records there are, and where. Some 150 bytes a record: the values stay on disk. */
export function createRecordIndex() {
	const collections = new Map<string, Map<string, Ref>>()
	const recordsOf = (collection: string) => {
		const known = collections.get(collection) ?? new Map<string, Ref>()
		collections.set(collection, known)
		return known
	}
	return {
		/** Takes in a batch that stands, or will stand, at a place. */
		point(batch: Batch, place: Place, pending = false): Ref[] {
			return batch.map(([collection, id, value], nth) => {
				const ref: Ref = { place, nth, pending, ...(pending && { value }) }
				if (value === null) recordsOf(collection).delete(id)
				else recordsOf(collection).set(id, ref)
				return ref
			})
		},
		find: (collection: string, id: string) => collections.get(collection)?.get(id),
		list: (collection: string) => [...(collections.get(collection) ?? [])],
		/** Every record, as it is now: what is committed later is not in it. */
		freeze: (): Entry[] =>
			[...collections].flatMap(([collection, records]) =>
				[...records].map(([id, ref]) => ({ collection, id, ref })),
			),
		/** A segment was opened anew: its records are where they were. */
		move(from: Segment, to: Segment) {
			for (const records of collections.values())
				for (const { place } of records.values()) if (place.segment === from) place.segment = to
		},
	}
}

export type RecordIndex = ReturnType<typeof createRecordIndex>

/** The value of a record, read from its line. A copy: the caller may change it. */
export async function valueAt(ref: Ref): Promise<unknown> {
	if (ref.pending) return structuredClone(ref.value)
	const batch = JSON.parse(await ref.place.segment.read(ref.place)) as Batch
	return batch[ref.nth]![2]
}
