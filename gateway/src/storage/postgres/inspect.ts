import type { ClientBase } from 'pg'
import type { Shape } from '../driver.ts'
import type { PlaceCipher } from '../json/encryption.ts'
import { connectTo, refuseUnfit } from './database.ts'
import { documentCodec } from './documents.ts'
import { isCopy } from './place.ts'
import { describeProcess } from './process.ts'
import { runWith } from './run.ts'

/** What may be wrong with a database that can be used. */
export type DatabaseFacts = {
	version: string
	/** Whether damaged pages are noticed. */
	hasChecksums: boolean
	/** Standbys that follow, and whether a commit waits for one. */
	standbys: number
	isSynchronous: boolean
	/** How long the oldest transaction has been open, in seconds. */
	oldestTransactionS: number
	roundTripMs: number
	/** The process that uses it: "process 12 on this-host, since …". */
	user: string | undefined
	/** Whether the state in it was in another database before. */
	isCopy: boolean
}

const FACTS = `select current_setting('server_version') as version,
	current_setting('data_checksums') = 'on' as "hasChecksums",
	(select count(*)::int from pg_stat_replication) as standbys,
	current_setting('synchronous_standby_names') <> '' as "isSynchronous",
	coalesce((select extract(epoch from max(now() - xact_start)) from pg_stat_activity
		where datname = current_database() and pid <> pg_backend_pid()), 0)::float as "oldestTransactionS"`

/** Looks at a database, and changes nothing: a gateway may use it. @throws UnfitDatabaseError, and what pg says */
export async function inspectDatabase(url: string): Promise<DatabaseFacts> {
	return readOnly(url, async (client) => {
		await refuseUnfit(client)
		const { rows } =
			await client.query<Omit<DatabaseFacts, 'roundTripMs' | 'user' | 'isCopy'>>(FACTS)
		const begun = performance.now()
		await client.query('select 1')
		const roundTripMs = performance.now() - begun
		const [user, copied] = [await userOf(client), await isCopied(client)]
		return { ...rows[0]!, roundTripMs, user, isCopy: copied }
	})
}

/** The documents of a database that another process may own: they are read, and nothing is changed. */
export function readRowDocuments(url: string, cipher: PlaceCipher | undefined) {
	const read = <T>(act: (client: ClientBase) => Promise<T>, none: T) =>
		readOnly(url, async (client) => ((await hasTables(client)) ? act(client) : none))
	return {
		/** What a document holds; null if there is none. @throws DamagedError, StateKeyError */
		read: <T>(name: string, shape: Shape<T>): Promise<T | null> =>
			read(async (client) => {
				const text = 'select data from wag.document where name = $1'
				const { rows } = await client.query<{ data: string }>(text, [name])
				return rows[0] ? documentCodec(name, cipher).decode(rows[0].data, shape) : null
			}, null),
		/** The documents right below a name. */
		namesIn: (name: string) =>
			read(async (client) => {
				const text = 'select name from wag.document where starts_with(name, $1) order by name'
				const { rows } = await client.query<{ name: string }>(text, [`${name}/`])
				const below = rows.map((row) => row.name.slice(name.length + 1))
				return below.filter((rest) => !rest.includes('/'))
			}, [] as string[]),
	}
}

async function readOnly<T>(url: string, act: (client: ClientBase) => Promise<T>): Promise<T> {
	const client = await connectTo(url)
	try {
		await client.query('set session characteristics as transaction read only')
		return await act(client)
	} finally {
		await client.end().catch(() => {})
	}
}

async function hasTables(client: ClientBase): Promise<boolean> {
	const { rows } = await client.query<{ found: boolean }>(
		`select to_regclass('wag.document') is not null as found`,
	)
	return rows[0]!.found
}

async function isCopied(client: ClientBase): Promise<boolean> {
	const { rows } = await client.query<{ found: boolean }>(
		`select to_regclass('wag.place') is not null as found`,
	)
	return rows[0]!.found && isCopy(runWith(client))
}

async function userOf(client: ClientBase): Promise<string | undefined> {
	if (!(await hasTables(client))) return undefined
	const { rows } = await client.query<{ process: string }>(
		'select process from wag.node where not dead and expires > clock_timestamp()',
	)
	return rows[0] && describeProcess(rows[0].process)
}
