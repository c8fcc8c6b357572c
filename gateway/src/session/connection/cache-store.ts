import type { CacheStore } from '@whiskeysockets/baileys'

/**
 * A cache for Baileys that outlives its sockets. Its own forgets device lists after five minutes, and then
 * builds a new Signal session for every contact at the next message.
 */
export function createCacheStore(limit = 10_000): CacheStore {
	const items = new Map<string, unknown>()
	return {
		get: <T>(key: string) => items.get(key) as T | undefined,
		set(key, value) {
			items.delete(key)
			items.set(key, value)
			if (items.size > limit) items.delete(items.keys().next().value!)
		},
		del: (key) => void items.delete(key),
		flushAll: () => items.clear(),
	}
}
