import { Low, type Adapter } from 'lowdb'
import { createMutex } from '../../lib/keyed-mutex.ts'
import { GatewayError } from '../../errors.ts'
import type { Document } from '../driver.ts'

/** A document over a lowdb adapter, read once. Writes are the whole file, so keep documents small. */
export async function openDocument<T>(adapter: Adapter<T>, initial: () => T): Promise<Document<T>> {
	const db = new Low<T>(adapter, initial())
	await db.read()
	const inTurn = createMutex()
	const write = () => db.write().catch(storageFailed)
	return {
		get data() {
			return db.data
		},
		update: (change) =>
			inTurn(async () => {
				const before = db.data
				const draft = structuredClone(before)
				const result = change(draft)
				db.data = draft
				await write().catch((error) => {
					db.data = before
					throw error
				})
				return result
			}),
	}
}

function storageFailed(cause: unknown): never {
	throw new GatewayError(
		'storage_failed',
		`The change could not be saved (${(cause as Error).message}). Check the disk behind DATA_DIR.`,
		{ cause },
	)
}
