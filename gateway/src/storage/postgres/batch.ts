import type { Change } from '../driver.ts'
import { isIn, type Range } from '../json/range.ts'

/** Enough for one statement: what is committed after that goes with the next. */
const FULL_BYTES = 4 * 1024 * 1024

/** What becomes of a record: its value as JSON; null if it is deleted. */
export type Write = {
	text: string | null
	/** It was deleted before: it takes no earlier place in the order of first writing. */
	isReborn: boolean
}

/** What is made durable together: the changes of one commit or of several, or a range that is dropped. */
export type WriteBatch = ReturnType<typeof createBatch>

export function createBatch(range?: Range) {
	const collections = new Map<string, Map<string, Write>>()
	const { promise: durable, resolve: settle, reject: fail } = Promise.withResolvers<void>()
	// Those who have committed are told.
	durable.catch(() => {})
	let bytes = 0
	let size = 0

	function add({ collection, id, value }: Change) {
		const writes = collections.get(collection) ?? new Map<string, Write>()
		collections.set(collection, writes)
		const before = writes.get(id)
		const text = value === null || value === undefined ? null : JSON.stringify(value)
		const isReborn = before?.isReborn === true || before?.text === null
		// The last place among the writes is that of the last birth.
		if (before?.text === null) writes.delete(id)
		writes.set(id, { text, isReborn })
		bytes += id.length + (text?.length ?? 0)
		size += before ? 0 : 1
	}

	return {
		range,
		/** How many changes of the state will have been made with it, as soon as that is known. */
		end: undefined as number | undefined,
		durable,
		settle,
		fail,
		/** How many records it writes. */
		size: () => size,
		isFull: () => range !== undefined || bytes >= FULL_BYTES,
		add: (changes: readonly Change[]) => changes.forEach(add),
		collections: (): ReadonlyMap<string, ReadonlyMap<string, Write>> => collections,
		/** What becomes of a record; undefined if nothing does. */
		writeOf(collection: string, id: string): Pick<Write, 'text'> | undefined {
			if (range) return isIn(collection, range) ? { text: null } : undefined
			return collections.get(collection)?.get(id)
		},
		/** Makes of a collection what the batch makes of it. */
		applyTo(records: Map<string, unknown>, collection: string): void {
			if (range && isIn(collection, range)) records.clear()
			for (const [id, { text, isReborn }] of collections.get(collection) ?? []) {
				if (text === null || isReborn) records.delete(id)
				if (text !== null) records.set(id, JSON.parse(text))
			}
		},
	}
}
