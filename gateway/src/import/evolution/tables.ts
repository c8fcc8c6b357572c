import pg from 'pg'
import { ImportError } from '../../session/import-baileys/import-error.ts'
import { rowSchema, type InstanceRow } from './rows.ts'

/** How long Evolution must have left an open instance alone. */
const RECENT_S = 60

/** Programs with which people look at a database. */
const TOOLS = /^(psql|pg_dump|pg_basebackup|pgadmin|dbeaver|datagrip)/i

const CONNECT_TIMEOUT_MS = 10_000

/** The database of Evolution API, read only. */
export type Tables = Awaited<ReturnType<typeof openTables>>

/** @throws ImportError */
export async function openTables(url: string) {
	const { connectionString, schema: named } = asked(url)
	const client = new pg.Client({
		connectionString,
		application_name: 'whatsapp-gateway import',
		connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
	})
	// A connection that is lost is told to the query that waits for it.
	client.on('error', () => {})
	await client.connect().catch((cause: Error) => {
		throw new ImportError(`The database cannot be used: ${cause.message || String(cause)}`, {
			cause,
		})
	})
	try {
		await client.query('SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY')
		const schema = await schemaOf(client, named)
		return tables(client, schema)
	} catch (error) {
		await client.end()
		throw error
	}
}

function tables(client: pg.Client, schema: string) {
	const nameOf = (table: string) =>
		`${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`

	async function tablesWith(column: string): Promise<string[]> {
		const { rows } = await client.query<{ table_name: string }>(
			'SELECT table_name FROM information_schema.columns WHERE table_schema = $1 AND column_name = $2',
			[schema, column],
		)
		return rows.map(({ table_name }) => table_name)
	}

	/** The rows of a table as they are: versions differ in their columns. */
	async function rowsOf(table: string): Promise<Record<string, unknown>[]> {
		const { rows } = await client.query<{ row: Record<string, unknown> }>(
			`SELECT to_jsonb(t) AS row FROM ${nameOf(table)} t`,
		)
		return rows.map(({ row }) => row)
	}

	return {
		place: `database ${client.database}, schema ${schema}`,
		/** Every instance, with what other tables say of it. */
		async instances(): Promise<InstanceRow[]> {
			const ofInstances = await tablesWith('instanceId')
			const ofSessions = await tablesWith('sessionId')
			const read = async (table: string, known: string[]) =>
				known.includes(table) ? rowsOf(table) : []
			const [instances, sessions, webhooks, settings, proxies] = [
				await rowsOf('Instance'),
				await read('Session', ofSessions),
				await read('Webhook', ofInstances),
				await read('Setting', ofInstances),
				await read('Proxy', ofInstances),
			]
			const features = await featuresOf(ofInstances)
			const of = (rows: Record<string, unknown>[], column: string, id: unknown) =>
				rows.find((row) => row[column] === id)
			return instances.map((instance) =>
				rowSchema.parse({
					...instance,
					creds: of(sessions, 'sessionId', instance.id)?.creds,
					webhook: of(webhooks, 'instanceId', instance.id),
					setting: of(settings, 'instanceId', instance.id),
					proxy: of(proxies, 'instanceId', instance.id),
					features: features.get(String(instance.id)) ?? [],
				}),
			)

			/** What else is switched on, by instance. */
			async function featuresOf(known: string[]) {
				const found = new Map<string, string[]>()
				const enabled = await tablesWith('enabled')
				for (const table of known.filter((name) => enabled.includes(name))) {
					if (['Webhook', 'Proxy', 'Setting'].includes(table)) continue
					const { rows } = await client.query<{ id: string }>(
						`SELECT DISTINCT "instanceId" AS id FROM ${nameOf(table)} WHERE enabled`,
					)
					for (const { id } of rows) found.set(id, [...(found.get(id) ?? []), table])
				}
				return found
			}
		},
		/** Who else is connected to the database. */
		async others(): Promise<string[]> {
			const { rows } = await client.query<{
				usename: string
				application_name: string | null
				client_addr: string | null
			}>(
				`SELECT usename, application_name, host(client_addr) AS client_addr FROM pg_stat_activity
				WHERE datname = current_database() AND pid <> pg_backend_pid()
				AND coalesce(backend_type, 'client backend') = 'client backend'`,
			)
			return rows
				.filter(({ application_name: name }) => !TOOLS.test(name ?? ''))
				.map(({ usename, application_name: name, client_addr: address }) =>
					[usename, name && `with ${name}`, `from ${address ?? 'this machine'}`]
						.filter(Boolean)
						.join(' '),
				)
		},
		/** The instances that are open as far as the database knows, and of which it has just been told so. */
		async justOpen(): Promise<string[]> {
			const { rows } = await client.query<{ name: string }>(
				`SELECT name FROM ${nameOf('Instance')} WHERE "connectionStatus"::text = 'open'
				AND "updatedAt" > (now() AT TIME ZONE 'UTC') - make_interval(secs => $1)`,
				[RECENT_S],
			)
			return rows.map(({ name }) => name)
		},
		close: () => client.end(),
	}
}

/** Prisma, which Evolution uses, has the schema in the URL. */
function asked(text: string) {
	const url = URL.parse(text)
	if (!url || !/^postgres(ql)?:$/.test(url.protocol))
		throw new ImportError(
			url?.protocol === 'mysql:'
				? 'Only PostgreSQL is read, not MySQL: copy the database to PostgreSQL first (pgloader does that), or link the numbers again by QR.'
				: '--database must be a URL like postgresql://user:password@127.0.0.1:5432/evolution?schema=evolution_api',
		)
	const schema = url.searchParams.get('schema')
	url.searchParams.delete('schema')
	return { connectionString: url.href, schema }
}

async function schemaOf(client: pg.Client, named: string | null): Promise<string> {
	const { rows } = await client.query<{ table_schema: string }>(
		`SELECT table_schema FROM information_schema.columns
		WHERE table_name = 'Instance' AND column_name = 'integration' ORDER BY table_schema`,
	)
	const schemas = rows.map(({ table_schema }) => table_schema)
	const [only, ...more] = named === null ? schemas : schemas.filter((each) => each === named)
	if (only === undefined)
		throw new ImportError(
			`The database has no table "Instance"${named === null ? '' : ` in the schema ${named}`}: it is not one of Evolution API 2.`,
		)
	if (more.length)
		throw new ImportError(
			`The database has the tables of Evolution API in several schemas (${schemas.join(', ')}): add ?schema=NAME to the URL.`,
		)
	return only
}
