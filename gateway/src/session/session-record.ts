import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { identity } from '../events/identity.ts'
import { lastDisconnect, sessionStatus } from '../events/types/session-status.ts'

/** What the document `sessions` keeps of each. */
export const sessionRecord = z.object({
	id: z.string(),
	name: z.string(),
	/** The workspace that it belongs to: keys of a workspace reach its sessions. */
	workspace: z.string().nullable().default(null),
	status: sessionStatus,
	/** The account it is linked to. */
	me: identity.nullable(),
	created_at: z.string(),
	updated_at: z.string(),
	last_disconnect: lastDisconnect.nullable(),
	/** False once somebody asked to disconnect: then it stays so over restarts. */
	wanted: z.boolean(),
	/** From it and an idempotency key follows the id of a message. */
	secret: z.string(),
})

export type SessionRecord = z.output<typeof sessionRecord>

/** What callers see of it. */
export type SessionView = Pick<
	SessionRecord,
	'id' | 'name' | 'workspace' | 'status' | 'me' | 'created_at' | 'updated_at' | 'last_disconnect'
>

export function newSessionRecord(
	id: string,
	name: string,
	workspace: string | null = null,
): SessionRecord {
	const now = new Date().toISOString()
	return {
		id,
		name,
		workspace,
		status: 'created',
		me: null,
		created_at: now,
		updated_at: now,
		last_disconnect: null,
		wanted: true,
		secret: randomBytes(32).toString('hex'),
	}
}

export function viewOf(record: SessionRecord): SessionView {
	const { id, name, workspace, status, me, created_at, updated_at, last_disconnect } = record
	return { id, name, workspace, status, me, created_at, updated_at, last_disconnect }
}
