import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { identity } from '../events/identity.ts'
import { sessionSettings } from './settings.ts'
import { lastDisconnect, sessionStatus } from '../events/types/session-status.ts'

/** A session in the document `sessions`. */
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
	/** Whether it should be connected: false after a request to disconnect, also over restarts. */
	wanted: z.boolean(),
	/** The id of a message follows from it and the idempotency key. */
	secret: z.string(),
	settings: sessionSettings.prefault({}),
})

export type SessionRecord = z.output<typeof sessionRecord>

/** The public part of a session's record. */
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
		settings: sessionSettings.parse({}),
	}
}

export function viewOf(record: SessionRecord): SessionView {
	const { id, name, workspace, status, me, created_at, updated_at, last_disconnect } = record
	return { id, name, workspace, status, me, created_at, updated_at, last_disconnect }
}
