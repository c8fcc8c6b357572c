import type { Client } from 'pg'
import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from './database.ts'

/** Where it is said which document has changed. */
export const CHANNEL = 'wag_document'

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

/** Tells documents of changes that other processes have made. */
export function createNotices(database: Database) {
	const followers = new Map<string, FollowedDocument>()
	const stopped = new AbortController()
	let client: Client | undefined
	// What cannot be read now is read when versions are compared the next time.
	const refresh = (name: string | undefined) =>
		void followers
			.get(name ?? '')
			?.refresh()
			.catch(() => {})

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
		client.on('notification', ({ payload }) => refresh(payload))
		client.on('end', lose)
		if (stopped.signal.aborted) return void (await client.end())
		await client.query(`listen ${CHANNEL}`)
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
