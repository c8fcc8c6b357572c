import { setImmediate } from 'node:timers/promises'
import type { Change, CommitOptions, StateStore } from '../driver.ts'
import { createBatch, type WriteBatch } from './batch.ts'
import type { CollectionCounts } from './collection-counts.ts'
import type { Committer, Writer } from './committer.ts'
import type { Database } from './database.ts'
import { createReadAhead } from './read-ahead.ts'
import type { ReadRows } from './reader.ts'
import { HASHED, type Row, type RowCodec } from './row-codec.ts'
import type { StateRow } from './state-row.ts'
import { persist, postgresFailed } from './failures.ts'

/** Who sends one message after the other has sent the next one by then. */
const WAIT_MS = 5

/** Decrypting takes some 20 µs a record: others have their turn in between. */
const DECODED_AT_ONCE = 500

/** The records at one moment, and how many changes had been made by then. */
const LIST = `select s.done, r.id, r.value
	from wag.state s left join wag.record r on r.state = s.no and r.collection = $2
	where s.no = $1 order by r.n`

type Listed = Row & { done: number }

/** The same without the values, except of those whose ids are in them. */
const IDS = `select s.done, r.id, case when starts_with(r.id, '${HASHED}') then r.value else 'null' end as value
	from wag.state s left join wag.record r on r.state = s.no and r.collection = $2
	where s.no = $1 order by r.n`

export type StateStoreDeps = {
	database: Database
	committer: Committer
	readRows: ReadRows
	codec: RowCodec
	counts: CollectionCounts
	mayWait: () => boolean
}

/**
 * The state of a session as rows. What is not durable yet is read from memory.
 * @returns the store, and where the state stands as far as is known
 */
export function createStateStore(
	{ no, epoch, done }: StateRow,
	{ database, committer, readRows, codec, counts, mayWait }: StateStoreDeps,
): { store: StateStore; row: Readonly<StateRow> } {
	// The first one may be on its way.
	const batches: WriteBatch[] = []
	let isUnderWay = false
	let failure: Error | undefined
	let timer: NodeJS.Timeout | undefined
	const readAhead = createReadAhead(readStored)

	const writer: Writer = {
		no,
		epoch,
		codec,
		done,
		next: () => batches[0],
		begin() {
			isUnderWay = true
			const [batch] = batches
			// How many a range will take is not known yet.
			if (!batch!.range) batch!.end = writer.done + batch!.size()
		},
		arrived() {
			isUnderWay = false
			const batch = batches.shift()!
			batch.end = writer.done
			batch.settle()
			if (batches.length) hurry()
		},
		failed(error) {
			isUnderWay = false
			failure ??= postgresFailed(error)
			for (const batch of batches.splice(0)) batch.fail(failure)
		},
	}

	function refuseFailed() {
		if (failure) throw failure
	}

	/** The batch that takes what is committed now. */
	function openBatch(): WriteBatch {
		const last = batches.at(-1)
		const isGone = isUnderWay && batches.length === 1
		if (last && !isGone && !last.isFull()) return last
		const next = createBatch()
		batches.push(next)
		return next
	}

	function hurry() {
		clearTimeout(timer)
		timer = undefined
		// When the one that is on its way has arrived, the next one leaves.
		if (!isUnderWay) committer.due(writer)
	}

	/** What is not durable yet decides, the newest first. */
	const writeOf = (collection: string, id: string) => {
		for (let n = batches.length - 1; n >= 0; n--) {
			const write = batches[n]!.writeOf(collection, id)
			if (write) return write
		}
		return undefined
	}

	async function get(collection: string, ids: readonly string[]): Promise<Map<string, unknown>> {
		refuseFailed()
		const places = new Map(ids.map((id) => [id, writeOf(collection, id)]))
		const unwritten = counts.has(collection) ? ids.filter((id) => !places.get(id)) : []
		const stored = unwritten.length ? await storedOf(collection, unwritten) : new Map()
		return new Map(
			[...places].flatMap(([id, write]): [string, unknown][] => {
				if (write) return write.text === null ? [] : [[id, JSON.parse(write.text)]]
				return stored.has(id) ? [[id, stored.get(id)]] : []
			}),
		)
	}

	/** What is durable of records that are not about to be written. */
	async function storedOf(collection: string, ids: readonly string[]) {
		const ahead = await readAhead.take(collection, ids)
		const others = ids.filter((id) => !ahead.has(id))
		const stored = others.length ? await readStored(collection, others) : new Map()
		for (const [id, { value }] of ahead) if (value !== undefined) stored.set(id, value)
		return stored
	}

	async function readStored(collection: string, ids: readonly string[]) {
		const keys = ids.map((id) => codec.keyOf(collection, id))
		const rows = await reading(() => readRows(no, collection, keys))
		return new Map(decoded(collection, rows))
	}

	const list = async (collection: string) => recordsBy('wag-list', LIST, collection)

	async function recordsBy(name: string, text: string, collection: string) {
		refuseFailed()
		const records = new Map<string, unknown>()
		if (!counts.has(collection)) return records
		const waiting = [...batches]
		const statement = { name, text, values: [no, collection] }
		const rows = await reading(() => persist(() => database.query<Listed>(statement), mayWait))
		const stored = rows.filter(({ id }) => id !== null)
		for (let n = 0; n < stored.length; n += DECODED_AT_ONCE) {
			if (n > 0) await setImmediate()
			const some = stored.slice(n, n + DECODED_AT_ONCE)
			for (const [id, value] of decoded(collection, some)) records.set(id, value)
		}
		const done = rows[0]?.done ?? Infinity
		// Some have become durable before the rows were read: they are in them.
		for (const batch of waiting)
			if (batch.end === undefined || batch.end > done) batch.applyTo(records, collection)
		return records
	}

	/** Without a key, ids stand in the rows as they are. */
	async function ids(collection: string): Promise<string[]> {
		const found = codec.isReadable
			? await recordsBy('wag-ids', IDS, collection)
			: await list(collection)
		return [...found.keys()]
	}

	const decoded = (collection: string, rows: Row[]) =>
		rows.map((row): [string, unknown] => {
			const { id, value } = codec.decode(collection, row)
			return [id, value]
		})

	const store: StateStore = {
		get,
		ahead(collection, ids) {
			if (failure || !counts.has(collection)) return
			// The database does not have them yet, and a later read would take them for absent.
			const unwritten = ids.filter((id) => !writeOf(collection, id))
			readAhead.begin(collection, unwritten)
		},
		list,
		ids,
		async collections(prefix) {
			refuseFailed()
			return counts.startingWith(prefix)
		},
		async commit(changes: readonly Change[], { canWait = false }: CommitOptions = {}) {
			refuseFailed()
			if (changes.length === 0) return batches.at(-1)?.durable
			const batch = openBatch()
			for (const { collection, id } of changes) readAhead.forget(collection, id)
			batch.add(changes)
			counts.add(changes)
			if (canWait && !isUnderWay) timer ??= setTimeout(hurry, WAIT_MS)
			else hurry()
			return batch.durable
		},
		async drop(prefix, before) {
			refuseFailed()
			if (!counts.drop({ prefix, before })) return batches.at(-1)?.durable
			readAhead.clear()
			const batch = createBatch({ prefix, before })
			batches.push(batch)
			hurry()
			return batch.durable
		},
		async close() {
			hurry()
			await batches.at(-1)?.durable.catch(() => {})
			failure ??= postgresFailed(new Error('it is closed'))
		},
	}
	return { store, row: writer }
}

async function reading<T>(read: () => Promise<T>): Promise<T> {
	try {
		return await read()
	} catch (error) {
		throw postgresFailed(error, 'The state could not be read')
	}
}
