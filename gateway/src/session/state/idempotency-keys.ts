import { createHash } from 'node:crypto'
import type { Change, StateStore } from '../../storage/driver.ts'
import { datedRecords } from './daily-collections.ts'

/** Which request an idempotency key belongs to, and which message came of it. */
export type OnceRecord = { fingerprint: string; message_id: string }

/** n8n may retry an execution days later; longer promises would only cost disk. */
const KEEP_DAYS = 4

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

export async function openOnceRecords(state: StateStore) {
	const records = datedRecords<OnceRecord>(state, 'once', KEEP_DAYS)
	return {
		find: async (key: string): Promise<OnceRecord | undefined> =>
			(await records.find(hash(key))).at(-1),
		keep: (key: string, record: OnceRecord): Change => records.put(hash(key), record),
		prune: () => records.prune(),
	}
}

export type OnceRecords = Awaited<ReturnType<typeof openOnceRecords>>

/** The same for the same request: schemas put its fields in their own order. */
export const fingerprintOf = (request: unknown) => hash(JSON.stringify(request))
