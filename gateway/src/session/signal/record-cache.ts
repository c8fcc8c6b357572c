import type { Change, StateStore } from '../../storage/driver.ts'
import { createLru } from '../../lib/lru.ts'

/** Some 200 bytes each. */
const LIMIT = 2_000
const NOTHING = 'null'

/**
 * Recently used records as JSON, so that they are neither read nor written again: Baileys reads a contact's token twice
 * at every message, and rewrites the holders of a group's key at every message to it.
 */
export function createRecordCache(store: StateStore) {
	const texts = createLru<string, string>(LIMIT)
	const recordKey = (collection: string, id: string) => `${collection}/${id}`

	return {
		/** The records that are there, of those asked for, as JSON. */
		async get(collection: string, ids: readonly string[]): Promise<Map<string, string>> {
			const unknown = ids.filter((id) => !texts.has(recordKey(collection, id)))
			const read = unknown.length ? await store.get(collection, unknown) : new Map()
			const found = ids.map((id) => {
				const key = recordKey(collection, id)
				// A change that was made while the disk was read is newer than what was read.
				const text = texts.get(key) ?? JSON.stringify(read.get(id) ?? null)
				texts.set(key, text)
				return [id, text] as const
			})
			return new Map(found.filter(([, text]) => text !== NOTHING))
		},
		/** Whether a change changes something; if so, it must be committed. */
		isChange({ collection, id, value }: Change): boolean {
			const key = recordKey(collection, id)
			const text = JSON.stringify(value ?? null)
			if (texts.get(key) === text) return false
			texts.set(key, text)
			return true
		},
	}
}
