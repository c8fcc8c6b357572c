import type { Client } from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.ts'

/** Where it is said which document has changed. */
export const CHANNEL = 'wag_document'
/** Where it is said which session of a cluster has changed hands. */
export const SESSION_CHANNEL = 'wag_session'
/** Where it is said which session has been opened by the node that has it. */
export const OPENED_CHANNEL = 'wag_opened'

/** A notice may be lost with its connection: versions are compared as well, so often. */
const COMPARE_MS = 5_000
const RECONNECT_MS = 1_000

/** A document that is to follow what others make of it. */
export type FollowedDocument = {
	/** The version that it knows. */
	version(): number
	/** Reads it again. */
	refresh(): Promise<void>
}

const VERSIONS = 'select name, version from wag.document where name = any($1::text[])'

/** Tells what other processes have done: documents that they have changed, and sessions that have changed hands. */
export function createNotices(database: Database) {
	const followers = new Map<string, FollowedDocument>()
	const listeners = new Set<(session: string | undefined) => void>()
	const openedListeners = new Set<(session: string) => void>()
	const stopped = new AbortController()
	let client: Client | undefined
	// What cannot be read now is read when versions are compared the next time.
	const refresh = (name: string | undefined) =>
		void followers
			.get(name ?? '')
			?.refresh()
			.catch(() => {})

	function changed(session: string | undefined) {
		for (const listener of listeners) listener(session)
	}

	async function compare(): Promise<void> {
		const names = [...followers.keys()]
		if (names.length === 0) return
		const statement = { name: 'wag-versions', text: VERSIONS, values: [names] }
		const rows = await database.query<{ name: string; version: number }>(statement)
		for (const { name, version } of rows)
			if (version > (followers.get(name)?.version() ?? Infinity)) refresh(name)
	}

	/** Listens until the connection is lost. */
	async function listen(): Promise<void> {
		const { promise: lost, resolve: lose } = Promise.withResolvers<void>()
		client = await database.connect()
		client.on('notification', ({ channel, payload = '' }) => {
			if (channel === SESSION_CHANNEL) changed(payload)
			else if (channel === OPENED_CHANNEL) for (const listener of openedListeners) listener(payload)
			else refresh(payload)
		})
		client.on('end', lose)
		if (stopped.signal.aborted) return void (await client.end())
		await client.query(`listen ${CHANNEL}`)
		await client.query(`listen ${SESSION_CHANNEL}`)
		await client.query(`listen ${OPENED_CHANNEL}`)
		changed(undefined)
		await compare()
		await lost
	}

	async function goOn(): Promise<void> {
		while (!stopped.signal.aborted) {
			await listen().catch(() => client?.end().catch(() => {}))
			await pause(RECONNECT_MS, undefined, { signal: stopped.signal }).catch(() => {})
		}
	}

	const listening = goOn()
	const timer = setInterval(() => void compare().catch(() => {}), COMPARE_MS).unref()

	return {
		follow: (name: string, follower: FollowedDocument) => void followers.set(name, follower),
		/** Calls the listener when a session has changed hands; without its id when it may have been any. */
		onSession: (listener: (session: string | undefined) => void) => void listeners.add(listener),
		/** Calls the listener when a session has been opened by the node that has it. */
		onOpened: (listener: (session: string) => void) => void openedListeners.add(listener),
		/** Follows no document any more whose name is so, or begins with it as a path. */
		forget(name: string) {
			for (const known of followers.keys())
				if (known === name || known.startsWith(`${name}/`)) followers.delete(known)
		},
		async close() {
			clearInterval(timer)
			stopped.abort()
			await client?.end().catch(() => {})
			await listening
		},
	}
}

export type Notices = ReturnType<typeof createNotices>
