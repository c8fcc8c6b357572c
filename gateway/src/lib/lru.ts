/** A map with a limit: adding an entry beyond it deletes the least recently used one. Calls take constant time, but for `deleteWhere`. */
export type Lru<Key, Value> = {
	/** The value, which counts as used now. */
	get(key: Key): Value | undefined
	has(key: Key): boolean
	set(key: Key, value: Value): void
	delete(key: Key): void
	/** Deletes every entry that fits; looks at all of them. */
	deleteWhere(fits: (key: Key, value: Value) => boolean): void
	clear(): void
}

/**
 * @param limit how many entries it keeps
 * @example
 * const recent = createLru<string, number>(2)
 * recent.set('a', 1)
 * recent.set('b', 2)
 * recent.get('a')
 * recent.set('c', 3) // deletes b: a was used after it
 */
export function createLru<Key, Value>(limit: number): Lru<Key, Value> {
	// A Map keeps the order of insertion: deleting and adding an entry makes it the newest.
	const entries = new Map<Key, Value>()

	function set(key: Key, value: Value): void {
		entries.delete(key)
		entries.set(key, value)
		if (entries.size > limit) entries.delete(entries.keys().next().value!)
	}

	return {
		get(key) {
			const value = entries.get(key)
			if (value !== undefined) set(key, value)
			return value
		},
		has: (key) => entries.has(key),
		set,
		delete: (key) => void entries.delete(key),
		deleteWhere(fits) {
			for (const [key, value] of entries) if (fits(key, value)) entries.delete(key)
		},
		clear: () => entries.clear(),
	}
}
