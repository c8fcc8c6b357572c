import { createHash } from 'node:crypto'
import type { Change, StateStore } from '../../storage/driver.ts'
import { dailyCollections } from '../daily-collections.ts'

/** The request that an idempotency key belongs to, and the message that was made of it. */
export type IdempotencyRecord = { fingerprint: string; message_id: string }
/** The request that an idempotency key belongs to, and its answer. */
export type CreationRecord = { fingerprint: string; answer: unknown }

/** n8n may retry an execution days later; longer promises would only cost disk. */
const KEEP_DAYS = 4

const digest = (text: string) => createHash('sha256').update(text).digest('base64url')

/** @param name `idempotency-key` for sends, `created` for everything else */
export async function openIdempotencyKeys<T>(state: StateStore, name: string) {
	const records = await dailyCollections<T>(state, name, KEEP_DAYS)
	return {
		find: async (key: string): Promise<T | undefined> => (await records.find(digest(key))).at(-1),
		keep: (key: string, record: T): Change => records.put(digest(key), record),
		prune: () => records.prune(),
	}
}

export type IdempotencyKeys<T> = Awaited<ReturnType<typeof openIdempotencyKeys<T>>>

/** Equal for equal requests: schemas put the fields into one order. */
export const fingerprintOf = (request: unknown) => digest(JSON.stringify(request))
