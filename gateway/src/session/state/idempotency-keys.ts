import { createHash } from 'node:crypto'
import type { Change, StateStore } from '../../storage/driver.ts'
import { dailyCollections } from '../daily-collections.ts'

/** The request that an idempotency key belongs to, and the message that was made of it. */
export type IdempotencyRecord = { fingerprint: string; message_id: string }

/** n8n may retry an execution days later; longer promises would only cost disk. */
const KEEP_DAYS = 4

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

export async function openIdempotencyKeys(state: StateStore) {
	const records = await dailyCollections<IdempotencyRecord>(state, 'idempotency-key', KEEP_DAYS)
	return {
		find: async (key: string): Promise<IdempotencyRecord | undefined> =>
			(await records.find(digest(key))).at(-1),
		keep: (key: string, record: IdempotencyRecord): Change => records.put(digest(key), record),
		prune: () => records.prune(),
	}
}

export type IdempotencyKeys = Awaited<ReturnType<typeof openIdempotencyKeys>>

/** Equal for equal requests: schemas put the fields into one order. */
export const fingerprintOf = (request: unknown) => digest(JSON.stringify(request))
