import type { Storage } from '../driver.ts'
import type { Membership } from '../membership.ts'
import type { PlaceCipher } from '../json/encryption.ts'
import { openDatabase, type Database } from './database.ts'
import { openSharedDocument } from './documents.ts'
import type { LeaseTimes } from './lease-clock.ts'
import { takeLease } from './lease.ts'
import { createMembership } from './membership.ts'
import { joinNodes, type NodeOptions } from './node.ts'
import { createNotices, type Notices } from './notices.ts'
import { GUARD, type Right } from './right.ts'
import { notePlace, refuseCopy } from './place.ts'
import { createStates } from './states.ts'
import { refuseMarked } from '../move-mark.ts'
import { readMoveMark } from './move-mark.ts'
import { FencedError, persist, postgresFailed } from './failures.ts'

export type PostgresStorageOptions = {
	/** The database is not ours any more: stop at once. */
	onLost(error: Error): void
	/** Keeps everything encrypted. */
	cipher?: PlaceCipher | undefined
	times?: Partial<LeaseTimes> | undefined
}

/**
 * State as rows of a PostgreSQL database, which this process alone uses while it is open.
 * @throws LockedError, UnfitDatabaseError, NewerFormatError, MoveError, CopyError, GatewayError storage_failed
 */
export async function postgresStorage(
	url: string,
	options: PostgresStorageOptions,
): Promise<Storage> {
	const { storage, database } = await openPostgresState(url, options)
	try {
		refuseMarked('the database behind STATE_URL', await readMoveMark(database))
		return storage
	} catch (error) {
		await storage.close()
		throw error
	}
}

/**
 * The same of a database that was restored: whoever still has it as it was before writes nothing of it any more.
 * @throws what `postgresStorage` throws, except CopyError
 */
export async function openRestored(
	url: string,
	options: PostgresStorageOptions,
): Promise<{ storage: Storage; notePlace(): Promise<void> }> {
	const { storage, database } = await openPostgresState(url, options, async () => {})
	try {
		refuseMarked('the database behind STATE_URL', await readMoveMark(database))
		for (const table of ['state', 'session'])
			await database.query({
				text: `update wag.${table} set epoch = epoch + $1`,
				values: [RESTORED_EPOCHS],
			})
		return { storage, notePlace: () => notePlace(database) }
	} catch (error) {
		await storage.close()
		throw error
	}
}

/** More than a state is opened between a backup and its return. */
const RESTORED_EPOCHS = 1_000_000

/** The same of a database that is moved, or to which something is moved. */
export async function openPostgresState(
	url: string,
	{ onLost, cipher, times }: PostgresStorageOptions,
	checkPlace = refuseCopy,
): Promise<{ storage: Storage; database: Database }> {
	const database = await openDatabase(url)
	const right = await orClose(database, async () => {
		const taken = await takeLease(database, onLost, times)
		await checkPlace(database).catch(async (error: unknown) => {
			await taken.release()
			throw error
		})
		return taken
	})
	return { storage: storageOver(database, right, createNotices(database), cipher), database }
}

export type SharedStorageOptions = NodeOptions & Pick<PostgresStorageOptions, 'cipher'>

/**
 * State as rows of a PostgreSQL database that several gateways share: each session belongs to one of them.
 * @throws LockedError, UnfitDatabaseError, NewerFormatError, MoveError, CopyError, GatewayError storage_failed
 */
export async function sharedPostgresStorage(
	url: string,
	{ cipher, ...options }: SharedStorageOptions,
): Promise<{ storage: Storage; membership: Membership }> {
	const database = await openDatabase(url)
	const lease = await orClose(database, async () => {
		refuseMarked('the database behind STATE_URL', await readMoveMark(database))
		await refuseCopy(database)
		return joinNodes(database, options)
	})
	const notices = createNotices(database)
	const { address } = options
	const { membership, right } = createMembership({ database, lease, notices, address, cipher })
	return { storage: storageOver(database, right, notices, cipher), membership }
}

async function orClose<T>(database: Database, act: () => Promise<T>): Promise<T> {
	return act().catch(async (error: unknown) => {
		await database.close()
		throw postgresFailed(error, 'The database behind STATE_URL cannot be used')
	})
}

function storageOver(
	database: Database,
	right: Right,
	notices: Notices,
	cipher: PlaceCipher | undefined,
): Storage {
	return {
		document: (name, initial, shape) =>
			openSharedDocument(name, initial, shape, { database, right, notices, cipher }),
		state: createStates(database, right, cipher),
		async documentsIn(name) {
			const statement = { text: DOCUMENTS_IN, values: [`${name}/`] }
			const rows = await persist(() => database.query<{ name: string }>(statement), right.holds)
			return rows.map((row) => row.name)
		},
		letGo: notices.forget,
		async remove(name) {
			notices.forget(name)
			await persist(() => remove(database, right, name), right.holds).catch((error) => {
				throw postgresFailed(error)
			})
		},
		async close() {
			await notices.close()
			// One that cannot be given back now runs out by itself.
			await right.release().catch(() => {})
			await database.close()
		},
	}
}

const DOCUMENTS_IN = `select substr(name, length($1) + 1) as name from wag.document
	where starts_with(name, $1) and strpos(substr(name, length($1) + 1), '/') = 0 order by name`

/** The state of a session and its records vanish with its document, at one moment. */
async function remove(database: Database, right: Right, name: string): Promise<void> {
	await database.transaction(async (client) => {
		const { rows } = await client.query(`${GUARD} select id from me`, right.proofFor(name))
		if (rows.length === 0) throw new FencedError()
		const isOfIt = `(name = $1 or starts_with(name, $1 || '/'))`
		const gone = `delete from wag.state where ${isOfIt} returning no`
		await client.query(
			`with gone as (${gone}) delete from wag.record using gone where state = gone.no`,
			[name],
		)
		await client.query(`delete from wag.document where ${isOfIt}`, [name])
		await client.query(`delete from wag.session where 'sessions/' || id = $1`, [name])
	})
}
