import type { CacheStore } from '@whiskeysockets/baileys'
import { createLru } from '../../lib/lru.ts'

/**
 * A cache for Baileys that outlives its sockets. Baileys' own forgets device lists after five minutes, and then
 * builds a new Signal session for every contact at the next message.
 */
export function createCacheStore(limit = 10_000): CacheStore {
	const items = createLru<string, unknown>(limit)
	return {
		get: <T>(key: string) => items.get(key) as T | undefined,
		set: (key, value) => items.set(key, value),
		del: (key) => items.delete(key),
		flushAll: () => items.clear(),
	}
}
