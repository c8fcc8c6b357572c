import { Low, type Adapter } from 'lowdb'
import { createMutex } from '../../lib/keyed-mutex.ts'
import type { Document } from '../driver.ts'
import { storageFailed } from './storage-failed.ts'

/** A document over a lowdb adapter, read once. Writes are the whole file, so keep documents small. */
export async function openDocument<T>(adapter: Adapter<T>, initial: () => T): Promise<Document<T>> {
	const db = new Low<T>(adapter, initial())
	await db.read()
	const inTurn = createMutex()
	const listeners = new Set<() => void>()
	return {
		get data() {
			return db.data
		},
		watch(listener) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
		update: (change) =>
			inTurn(async () => {
				const before = db.data
				const draft = structuredClone(before)
				const result = change(draft)
				db.data = draft
				await db.write().catch((error) => {
					db.data = before
					throw storageFailed(error)
				})
				for (const listener of listeners) listener()
				return result
			}),
	}
}
