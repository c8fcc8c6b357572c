import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { identity } from '../events/identity.ts'
import { lastDisconnect, sessionStatus } from '../events/types/session-status.ts'
import { deviceProps, type DeviceProps } from './device-props.ts'
import { sessionMetadata, settingsChange, type SessionMetadata } from './session-settings.ts'

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
	/** Every event repeats it. */
	metadata: sessionMetadata.default({}),
	/** The owner finds it by them. */
	tags: z.array(z.string()).default([]),
	/** What was set; the rest is standard. */
	settings: settingsChange.default({}),
	/** How the phone lists the device; null as Baileys does. */
	device: deviceProps.nullable().default(null),
	/** The URL of the proxy to WhatsApp, with its password. */
	proxy: z.string().nullable().default(null),
	/** What clients of other systems have set and read again, by the name of the dialect. */
	dialect_data: z.record(z.string(), z.record(z.string(), z.unknown())).default({}),
})

export type SessionRecord = z.output<typeof sessionRecord>

/** A change of a record; a function gets it as it is when its turn comes. */
export type RecordChange =
	Partial<SessionRecord> | ((record: SessionRecord) => Partial<SessionRecord>)

/** The public part of a session's record. */
export type SessionView = Pick<
	SessionRecord,
	| 'id'
	| 'name'
	| 'workspace'
	| 'metadata'
	| 'tags'
	| 'status'
	| 'me'
	| 'device'
	| 'created_at'
	| 'updated_at'
	| 'last_disconnect'
>

/** What the creator of a session says of it. */
export type NewSession = {
	id: string
	name?: string | undefined
	/** The workspace that it belongs to. */
	workspace?: string | null | undefined
	metadata?: SessionMetadata | undefined
	tags?: string[] | undefined
	/** How the phone lists it; null as Baileys does. */
	device?: DeviceProps | null | undefined
	/** The URL of its proxy, which was checked. */
	proxy?: string | null | undefined
	/** Whether it connects at once. @default true */
	wanted?: boolean | undefined
	/** What clients of other systems have set and read again, by the name of the dialect. */
	dialect_data?: SessionRecord['dialect_data'] | undefined
}

export function newSessionRecord({
	id,
	name = id,
	workspace = null,
	metadata = {},
	tags = [],
	device = null,
	proxy = null,
	wanted = true,
	dialect_data = {},
}: NewSession): SessionRecord {
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
		wanted,
		secret: randomBytes(32).toString('hex'),
		metadata,
		tags,
		settings: {},
		device,
		proxy,
		dialect_data,
	}
}

export function viewOf(record: SessionRecord): SessionView {
	const { id, name, workspace, metadata, tags, status, me, device } = record
	const { created_at, updated_at, last_disconnect } = record
	return {
		id,
		name,
		workspace,
		metadata,
		tags,
		status,
		me,
		device,
		created_at,
		updated_at,
		last_disconnect,
	}
}

/** What each event of a session repeats of it. */
export const eventExtrasOf = ({ metadata }: SessionRecord) =>
	Object.keys(metadata).length ? { metadata } : {}
