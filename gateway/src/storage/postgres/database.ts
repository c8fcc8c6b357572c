import pg from 'pg'
import { upgradeSchema } from './schema.ts'
import { UnfitDatabaseError } from '../unfit-database.ts'
import { persist, postgresFailed } from './failures.ts'

/** Connections for commits, reads and leases. */
const CONNECTIONS = 6
/** An answer that takes longer counts as none. */
const ANSWER_MS = 5_000
/** The server gives up a little before that, and says so. */
const STATEMENT_MS = 4_500
/** What touches much, and is rare, may take longer. */
const PATIENT_MS = 60_000
/** An engine that is just starting is waited for. */
const START_MS = 15_000

/** The server's own defaults may have been changed: a commit is acknowledged when it is on the disk. */
const SETTINGS = [
	'synchronous_commit=on',
	`statement_timeout=${STATEMENT_MS}`,
	"idle_in_transaction_session_timeout='10s'",
	'lock_timeout=0',
	'plan_cache_mode=force_generic_plan',
	// A plan is made once for each connection, perhaps while tables are empty, and must be right when they are full. All that is
	// joined is found by its key.
	'enable_hashjoin=off',
	'enable_mergejoin=off',
	'search_path=pg_catalog',
]
	.map((setting) => `set ${setting};`)
	.join(' ')

export type Statement = {
	/** Of a statement that is prepared once for each connection. */
	name?: string
	text: string
	values?: unknown[]
}

export type Database = {
	/** The rows that a statement gives. */
	query<Row>(statement: Statement): Promise<Row[]>
	/** Does all of it or nothing. A statement may take a minute. */
	transaction<T>(act: (client: pg.ClientBase) => Promise<T>): Promise<T>
	/** A connection of its own, which is connected. */
	connect(): Promise<pg.Client>
	close(): Promise<void>
}

const numbers = (value: string) => Number(value)

// bigint comes as text else: what is counted here stays below 2^53.
const types: pg.CustomTypesConfig = {
	getTypeParser: ((oid: number, format?: 'text') =>
		oid === pg.types.builtins.INT8
			? numbers
			: pg.types.getTypeParser(oid, format)) as pg.CustomTypesConfig['getTypeParser'],
}

type Connected = ((error: Error) => void) | ((error: null, client: pg.Client) => void)

/**
 * A connection that is usable once it has its settings. They are not sent with the request to connect: PgBouncer refuses
 * that. A failure is told to its queries. It is an event, too, which would end the process without a listener.
 */
class Client extends pg.Client {
	constructor(config?: string | pg.ClientConfig) {
		super(config)
		this.on('error', () => {})
	}

	override connect(): Promise<this>
	override connect(done: Connected): void
	override connect(done?: Connected): Promise<this> | void {
		const connected = super.connect().then(async () => {
			await this.query(SETTINGS)
			return this
		})
		if (!done) return connected
		const tell = done as (error: Error | null, client?: pg.Client) => void
		connected.then((client) => tell(null, client), tell)
	}
}

const connectionTo = (url: string, answerMs: number): pg.ClientConfig => ({
	connectionString: url,
	application_name: 'whatsapp-gateway',
	connectionTimeoutMillis: ANSWER_MS,
	query_timeout: answerMs,
	keepAlive: true,
	types,
})

/**
 * Opens a database, and brings its schema up to date.
 * @throws UnfitDatabaseError, NewerFormatError, GatewayError storage_failed
 */
export async function openDatabase(url: string): Promise<Database> {
	const begun = performance.now()
	const isStarting = () => performance.now() - begun < START_MS
	await persist(() => inTransaction(url, refuseUnfit).catch(refuseUnknown), isStarting)
		.then(() => inTransaction(url, upgradeSchema))
		.catch((error) => {
			throw postgresFailed(error, 'The database behind STATE_URL cannot be used')
		})
	const pool = new pg.Pool({ ...connectionTo(url, ANSWER_MS), max: CONNECTIONS, Client })
	pool.on('error', () => {})
	return {
		query: async <Row>(statement: Statement) =>
			(await pool.query<Row & pg.QueryResultRow>(statement)).rows,
		transaction: (act) => inTransaction(url, act),
		connect: () => connectTo(url),
		close: () => pool.end(),
	}
}

/** A connection of its own, which is connected. */
export async function connectTo(url: string, answerMs = ANSWER_MS): Promise<pg.Client> {
	const client = new Client(connectionTo(url, answerMs))
	await client.connect()
	return client
}

/** Such things are rare: they have a connection of their own, and more time than others. */
async function inTransaction<T>(
	url: string,
	act: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
	const client = await connectTo(url, PATIENT_MS)
	try {
		await client.query(`set statement_timeout = ${PATIENT_MS}`)
		await client.query('begin')
		const result = await act(client)
		await client.query('commit')
		return result
	} finally {
		// Whatever was begun and not committed ends with the connection.
		await client.end().catch(() => {})
	}
}

/** At a start, a password or a name is wrong, and not just being changed. */
function refuseUnknown(error: unknown): never {
	const { code = '', message } = error as { code?: string; message: string }
	throw /^(28|3D)/.test(code) ? unfit(`cannot be used: ${message}`, error) : error
}

const asked = `select
	current_setting('fsync') as fsync,
	current_setting('full_page_writes') as full_page_writes,
	current_setting('server_encoding') as encoding,
	current_setting('server_version_num')::int as version,
	pg_is_in_recovery() as is_standby`

type Answers = {
	fsync: string
	full_page_writes: string
	encoding: string
	version: number
	is_standby: boolean
}

/** @throws UnfitDatabaseError if it would lose what it has acknowledged, or is too old */
export async function refuseUnfit(client: pg.ClientBase): Promise<void> {
	const { rows } = await client.query<Answers>(asked)
	const { fsync, full_page_writes, encoding, version, is_standby } = rows[0]!
	if (fsync !== 'on') throw unfit('has fsync=off, so that a power cut destroys it: set fsync=on')
	if (full_page_writes !== 'on')
		throw unfit('has full_page_writes=off, so that a power cut damages it: set full_page_writes=on')
	if (encoding !== 'UTF8') throw unfit(`has the encoding ${encoding}: make one with UTF8`)
	if (version < 140_000) throw unfit('is of a PostgreSQL before version 14: use a later one')
	if (is_standby) throw unfit('is a standby, which takes no writes: name the primary')
}

const unfit = (what: string, cause?: unknown) =>
	new UnfitDatabaseError(`The database behind STATE_URL ${what}.`, { cause })
