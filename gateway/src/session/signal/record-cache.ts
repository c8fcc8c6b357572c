import type { Change, StateStore } from '../../storage/driver.ts'

/** Some 200 bytes each. */
const LIMIT = 2_000
const NOTHING = 'null'

/**
 * The records that were used lately, as JSON, so that they are neither read from the disk nor written to it
 * again: Baileys asks for a person's token twice at every message, and keeps who has a group's key anew at
 * every message to it.
 */
export function createRecordCache(store: StateStore) {
	const texts = new Map<string, string>()
	const keyOf = (collection: string, id: string) => `${collection}/${id}`

	function remember(key: string, text: string) {
		texts.delete(key)
		texts.set(key, text)
		if (texts.size > LIMIT) texts.delete(texts.keys().next().value!)
	}

	return {
		/** The records that are there, of those asked for, as JSON. */
		async get(collection: string, ids: readonly string[]): Promise<Map<string, string>> {
			const unknown = ids.filter((id) => !texts.has(keyOf(collection, id)))
			const read = unknown.length ? await store.get(collection, unknown) : new Map()
			for (const id of unknown) {
				const key = keyOf(collection, id)
				// What was changed while the disk was read is newer than what was read.
				if (!texts.has(key)) remember(key, JSON.stringify(read.get(id) ?? null))
			}
			const found = ids.map((id) => [id, texts.get(keyOf(collection, id))!] as const)
			return new Map(found.filter(([, text]) => text !== NOTHING))
		},
		/** Whether a change changes something; if so, it must be committed. */
		isChange({ collection, id, value }: Change): boolean {
			const key = keyOf(collection, id)
			const text = JSON.stringify(value ?? null)
			if (texts.get(key) === text) return false
			remember(key, text)
			return true
		},
	}
}
