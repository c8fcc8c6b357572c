import { StateKeyError, writtenWithOtherKey, type PlaceCipher } from '../json/encryption.ts'
import type { Shape } from '../driver.ts'
import { openDatabase, type Database } from './database.ts'
import { documentCodec } from './documents.ts'
import { FencedError, postgresFailed } from './failures.ts'
import { takeLease } from './lease.ts'
import type { Right } from './right.ts'
import { rowCodec, type Row, type RowCodec } from './row-codec.ts'
import { CHANGING, claimState, type ClaimedState } from './states.ts'

/** Rows that are read and written at a time. */
const PAGE = 500

/** The key that everything has afterwards, and that which it had before; undefined for none. */
export type StateKeyChange = { to: PlaceCipher | undefined; from: PlaceCipher | undefined }

/**
 * Encrypts every document and every record with another key, or with none. After a crash some have the new one and
 * some the old: running it again goes on.
 * @returns how many documents and states there were
 * @throws LockedError, StateKeyError, DamagedError before anything that cannot be read is touched
 */
export async function rekeyDatabase(
	url: string,
	change: StateKeyChange,
	onLost: (error: Error) => void,
): Promise<number> {
	const database = await openDatabase(url)
	try {
		const lease = await takeLease(database, onLost)
		try {
			const documents = await namesIn(database, 'document')
			for (const name of documents) await rekeyDocument(database, name, change)
			const states = await namesIn(database, 'state')
			for (const name of states) await rekeyState(database, lease, name, change)
			return documents.length + states.length
		} finally {
			await lease.release()
		}
	} catch (error) {
		throw postgresFailed(error, 'The key was not changed everywhere: run the command again')
	} finally {
		await database.close()
	}
}

/** The names of all documents, or of all states. */
export async function namesIn(database: Database, table: 'document' | 'state'): Promise<string[]> {
	const rows = await database.query<{ name: string }>({
		text: `select name from wag.${table} order by name`,
	})
	return rows.map(({ name }) => name)
}

/** The shape is checked when a document is opened; here it is only copied. */
const anything: Shape<unknown> = { safeParse: (data) => ({ success: true, data }) }

async function rekeyDocument(database: Database, name: string, { to, from }: StateKeyChange) {
	const [row] = await database.query<{ version: number; data: string }>({
		text: 'select version, data from wag.document where name = $1',
		values: [name],
	})
	const { version, data } = row!
	const [next, last] = [documentCodec(name, to), documentCodec(name, from)]
	const content = withEither(
		() => next.decode(data, anything),
		() => last.decode(data, anything),
	)
	await database.query({
		text: 'update wag.document set data = $3, version = version + 1 where name = $1 and version = $2',
		values: [name, version, next.encode(content)],
	})
}

async function rekeyState(database: Database, right: Right, name: string, change: StateKeyChange) {
	const { to, from } = change
	const state = await claimState(database, right, name)
	if (!state) throw new FencedError()
	if (state.key === nameOf(to)) return
	if (state.key !== nameOf(from) && state.key !== CHANGING) throw writtenWithOtherKey()
	await checkReadable(database, state, name, change)
	await setKey(database, state, CHANGING)
	for await (const rows of pagesOf(database, state))
		await rewrite(database, state, rows, rowCodec(name, to), rowCodec(name, from))
	await setKey(database, state, nameOf(to))
}

const nameOf = (cipher: PlaceCipher | undefined) => cipher?.name ?? ''

/** @throws StateKeyError, DamagedError */
async function checkReadable(
	database: Database,
	state: ClaimedState,
	name: string,
	{ to, from }: StateKeyChange,
): Promise<void> {
	const [next, last] = [rowCodec(name, to), rowCodec(name, from)]
	for await (const rows of pagesOf(database, state))
		for (const row of rows) decodeEither(row, next, last)
}

async function setKey(database: Database, { no, epoch }: ClaimedState, key: string) {
	const rows = await database.query({
		text: 'update wag.state set key = $3 where no = $1 and epoch = $2 returning 1',
		values: [no, epoch, key],
	})
	refuseFenced(rows)
}

type PlacedRow = Row & { collection: string; n: number }

const PAGE_OF = `select collection, id, n, value from wag.record
	where state = $1 and (collection, id) > ($2, $3) order by collection, id limit ${PAGE}`

/** All records, in pages. Rows that are written meanwhile may be among them. */
async function* pagesOf(database: Database, { no }: ClaimedState): AsyncGenerator<PlacedRow[]> {
	let last = { collection: '', id: '' }
	for (;;) {
		const values = [no, last.collection, last.id]
		const rows = await database.query<PlacedRow>({ text: PAGE_OF, values })
		if (rows.length) yield rows
		if (rows.length < PAGE) return
		last = rows.at(-1)!
	}
}

const REWRITE = `with fence as materialized (
		select no from wag.state where no = $1 and epoch = $2 for share),
	gone as (
		delete from wag.record r using fence, unnest($3::text[], $4::text[]) as d(collection, id)
		where r.state = fence.no and r.collection = d.collection and r.id = d.id),
	put as (
		insert into wag.record (state, collection, id, n, value)
		select fence.no, p.* from fence, unnest($5::text[], $6::text[], $7::bigint[], $8::text[]) as p)
	select no from fence`

/** Writes rows anew under the keys that their ids have by the next codec. Those that have them already are left out. */
async function rewrite(
	database: Database,
	{ no, epoch }: ClaimedState,
	rows: PlacedRow[],
	next: RowCodec,
	last: RowCodec,
): Promise<void> {
	const changed = rows.flatMap((row) => {
		const { isDone, id, value } = decodeEither(row, next, last)
		if (isDone) return []
		const { collection, n } = row
		const key = next.keyOf(collection, id)
		const text = next.encode(collection, id, JSON.stringify(value), key)
		return [{ old: row.id, collection, key, n, text }]
	})
	if (changed.length === 0) return
	const collections = changed.map(({ collection }) => collection)
	const values = [
		no,
		epoch,
		collections,
		changed.map(({ old }) => old),
		collections,
		changed.map(({ key }) => key),
		changed.map(({ n }) => n),
		changed.map(({ text }) => text),
	]
	refuseFenced(await database.query({ text: REWRITE, values }))
}

function decodeEither(row: PlacedRow, next: RowCodec, last: RowCodec) {
	return withEither(
		() => ({ isDone: true, ...next.decode(row.collection, row) }),
		() => ({ isDone: false, ...last.decode(row.collection, row) }),
	)
}

function withEither<T>(next: () => T, last: () => T): T {
	try {
		return next()
	} catch (error) {
		if (!(error instanceof StateKeyError)) throw error
		return last()
	}
}

function refuseFenced(rows: unknown[]): void {
	if (rows.length === 0) throw new FencedError()
}
