import { createMutex } from '../../lib/keyed-mutex.ts'
import type { Document, Shape } from '../driver.ts'
import { isEncrypted, keyIsMissing, StateKeyError, type PlaceCipher } from '../json/encryption.ts'
import type { Database } from './database.ts'
import { CHANNEL, type Notices } from './notices.ts'
import { GUARD, type Right } from './right.ts'
import { damagedRow } from './row-codec.ts'
import { runWith, type Run } from './run.ts'
import { CallersError, FencedError, persist, postgresFailed } from './failures.ts'

type Stored = { version: number; data: string }

const READ = 'select version, data from wag.document where name = $1'

/** Nothing is written to another version than that which was read, and by nobody who has lost the right to. */
const WRITE = `${GUARD},
	put as (
		insert into wag.document as d (name, version, data) select $4, $5::bigint + 1, $6 from me
		on conflict (name) do update set version = d.version + 1, data = excluded.data where d.version = $5
		returning version)
	select (select version from put) as version, exists (select from me) as holds,
		(select pg_notify('${CHANNEL}', $4) from put) as told`

type Written = { version: number | null; holds: boolean }

export type DocumentDeps = {
	database: Database
	right: Right
	notices: Notices
	cipher: PlaceCipher | undefined
}

/** How a document stands in its row. */
export function documentCodec(name: string, cipher: PlaceCipher | undefined) {
	const place = `document\n${name}`
	return {
		encode: (data: unknown) => {
			const text = JSON.stringify(data)
			return cipher ? cipher.encrypt(text, place) : text
		},
		/** @throws DamagedError, StateKeyError */
		decode<T>(stored: string, shape: Shape<T>): T {
			if (!cipher && isEncrypted(stored)) throw keyIsMissing()
			const parsed = shape.safeParse(parse(cipher ? decrypted(stored) : stored))
			if (parsed.success) return parsed.data
			throw damagedRow(`Document ${name}`, 'it has not the shape it should have', parsed.error)
		},
	}

	function decrypted(stored: string): string {
		return reading(() => cipher!.decrypt(stored, place))
	}

	function parse(text: string): unknown {
		return reading(() => JSON.parse(text) as unknown)
	}

	function reading<T>(read: () => T): T {
		try {
			return read()
		} catch (cause) {
			if (cause instanceof StateKeyError) throw cause
			throw damagedRow(`Document ${name}`, 'it cannot be read', cause)
		}
	}
}

/** What a change makes of a document. */
type Edit<T, R> = { version: number; data: T; text: string; result: R; isNothing: boolean }

/** Opens a document: a row that is read once, and again when another process has changed it. */
export async function openSharedDocument<T>(
	name: string,
	initial: () => T,
	shape: Shape<T>,
	{ database, right, notices, cipher }: DocumentDeps,
): Promise<Document<T>> {
	const codec = documentCodec(name, cipher)
	const listeners = new Set<() => void>()
	const inTurn = createMutex()
	let current = { version: 0, data: initial() }

	async function read(run: Run, lock = ''): Promise<Stored | undefined> {
		const statement = { name: `wag-document${lock}`, text: READ + lock, values: [name] }
		const [row] = await run<Stored>(statement)
		return row
	}

	/** Never goes back: what was read before another change may come after it. */
	function take(version: number, data: () => T) {
		if (version <= current.version) return
		current = { version, data: data() }
		for (const listener of listeners) listener()
	}

	/** What is locked is the truth, even if it is older: the engine may have lost changes. */
	function takeLocked({ version, data }: Stored) {
		if (version < current.version) current = { version: 0, data: current.data }
		take(version, () => codec.decode(data, shape))
	}

	async function refresh(): Promise<void> {
		const row = await read(database.query)
		if (row) take(row.version, () => codec.decode(row.data, shape))
	}

	function edited<R>(change: (draft: T) => R): Edit<T, R> {
		const { version, data } = current
		const draft = structuredClone(data)
		const result = callersOwn(() => change(draft))
		const isNothing = version > 0 && JSON.stringify(draft) === JSON.stringify(data)
		return { version, data: draft, text: codec.encode(draft), result, isNothing }
	}

	/** @throws ConflictError if the document has another version meanwhile */
	async function write<R>(run: Run, { version, text, isNothing }: Edit<T, R>): Promise<void> {
		if (isNothing) return
		const values = [...right.proofFor(name), name, version, text]
		const [written] = await run<Written>({ name: 'wag-document-write', text: WRITE, values })
		if (!written!.holds) throw new FencedError()
		if (written!.version === null) throw new ConflictError(name)
	}

	async function update<R>(change: (draft: T) => R): Promise<R> {
		let last: Edit<T, R> | undefined

		/** Nobody else changes it meanwhile: who always comes too late would else never have a turn. */
		const again = () =>
			database.transaction(async (client) => {
				const run = runWith(client)
				const row = await read(run, ' for update')
				// The answer was lost, and not the change.
				if (row && row.version === last!.version + 1 && row.data === last!.text) return
				if (row) takeLocked(row)
				last = edited(change)
				await write(run, last)
			})

		await persist(async () => {
			if (last) return again()
			last = edited(change)
			return write(database.query, last)
		}, right.holds)
		const { version, data, result, isNothing } = last!
		if (!isNothing) take(version + 1, () => data)
		return result
	}

	const row = await persist(() => read(database.query), right.holds)
	if (row) take(row.version, () => codec.decode(row.data, shape))
	notices.follow(name, { version: () => current.version, refresh })
	return {
		get data() {
			return current.data
		},
		update: (change) =>
			inTurn(() =>
				update(change).catch((error) => {
					throw error instanceof CallersError ? error.cause : postgresFailed(error)
				}),
			),
		watch(listener) {
			listeners.add(listener)
			return () => void listeners.delete(listener)
		},
	}
}

/** The document was changed at the same time: that passes. */
class ConflictError extends Error {
	constructor(name: string) {
		super(`document ${name} was changed at the same time`)
	}
}

function callersOwn<T>(act: () => T): T {
	try {
		return act()
	} catch (cause) {
		throw new CallersError('the change failed', { cause })
	}
}
