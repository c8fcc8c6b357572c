import type { Change, StateStore } from '../driver.ts'
import {
	keyIsMissing,
	StateKeyError,
	writtenWithOtherKey,
	writtenWithoutKey,
	type PlaceCipher,
} from '../json/encryption.ts'
import { createBatch } from './batch.ts'
import { createCounts } from './collection-counts.ts'
import { createCommitter, putColumns } from './committer.ts'
import type { Database } from './database.ts'
import { createReader } from './reader.ts'
import { GUARD, type Right } from './right.ts'
import { rowCodec } from './row-codec.ts'
import type { StateRow } from './state-row.ts'
import { createStateStore } from './state-store.ts'
import { FencedError, persist, postgresFailed } from './failures.ts'

/** A state that was opened. */
export type ClaimedState = StateRow & {
	/** Names the key of its records; empty without one. */
	key: string
}

/** Stands for the name of the key while there may be records of two keys. */
export const CHANGING = 'changing'

/** Who opens a state fences those who had it before; but not one whose lease was taken over. */
const CLAIM = `${GUARD}
	update wag.state s set holder = me.id, epoch = s.epoch + 1 from me where s.name = $4
	returning s.no, s.epoch, s.done, s.key`

/** A state comes into being together with its first records. */
const MAKE = `${GUARD},
	made as (
		insert into wag.state (name, holder, epoch, done, key) select $4, me.id, 1, $5, $6 from me
		on conflict (name) do nothing returning no),
	put as (
		insert into wag.record (state, collection, id, n, value)
		select made.no, p.* from made, unnest($7::text[], $8::text[], $9::bigint[], $10::text[]) as p)
	select id from me`

const COUNTS = `select collection, count(*) as records from wag.record
	where state = $1 group by collection`

/** Fences whoever had the state before. @returns undefined if there is none, or if the right was lost */
export async function claimState(
	database: Database,
	right: Right,
	name: string,
): Promise<ClaimedState | undefined> {
	const [found] = await database.query<ClaimedState>({
		name: 'wag-claim-state',
		text: CLAIM,
		values: [...right.proofFor(name), name],
	})
	return found
}

/** Opens the states of sessions. */
export function createStates(database: Database, right: Right, cipher: PlaceCipher | undefined) {
	const mayWait = right.holds
	const committer = createCommitter(database, mayWait)
	const readRows = createReader(database, mayWait)

	/** The states that this process has had, as far as it knows them. */
	const known = new Map<string, Readonly<StateRow>>()

	const claim = (name: string) => claimState(database, right, name)

	async function make(name: string, changes: Change[]): Promise<void> {
		const batch = createBatch()
		batch.add(changes)
		const writer = { no: 0, done: 0, codec: rowCodec(name, cipher) }
		const [, ...columns] = putColumns([{ writer, batch }])
		const values = [...right.proofFor(name), name, batch.size(), cipher?.name ?? '', ...columns]
		const rows = await database.query({ text: MAKE, values })
		if (rows.length === 0) throw new FencedError()
	}

	async function claimOrMake(name: string, initial: () => Change[]): Promise<ClaimedState> {
		const known = await claim(name)
		if (known) return known
		await make(name, initial())
		// None if the right was lost in between.
		return (await claim(name)) ?? claimOrMake(name, initial)
	}

	async function countsOf(state: number): Promise<[string, number][]> {
		const statement = { name: 'wag-counts', text: COUNTS, values: [state] }
		type Count = { collection: string; records: number }
		const rows = await persist(() => database.query<Count>(statement), mayWait).catch((error) => {
			throw postgresFailed(error, 'The state could not be opened')
		})
		return rows.map(({ collection, records }) => [collection, records])
	}

	return async function open(name: string, initial: () => Change[]): Promise<StateStore> {
		let found: ClaimedState
		try {
			found = await persist(() => claimOrMake(name, initial), mayWait)
		} catch (error) {
			throw postgresFailed(error, 'The state could not be opened')
		}
		refuseOtherKey(found.key, cipher)
		const codec = rowCodec(name, cipher)
		const counts = createCounts(await countsOf(found.no))
		const deps = { database, committer, readRows, codec, counts, mayWait }
		const { store, row } = createStateStore(found, deps)
		const last = known.get(name)
		known.set(name, row)
		return { ...store, hasLostCommits: last !== undefined && isBehind(found, last) }
	}
}

/** Whether a state that was opened anew lacks something of what was known of it: each opening raises the epoch. */
const isBehind = (found: StateRow, last: StateRow) =>
	found.no === last.no && (found.epoch <= last.epoch || found.done < last.done)

/** @throws StateKeyError */
function refuseOtherKey(key: string, cipher: PlaceCipher | undefined): void {
	if (key === (cipher?.name ?? '')) return
	if (key === CHANGING) throw changeInterrupted()
	if (!cipher) throw keyIsMissing()
	throw key ? writtenWithOtherKey() : writtenWithoutKey()
}

const changeInterrupted = () =>
	new StateKeyError(
		'A change of the key was interrupted. Run the command `rekey` again, as before.',
	)
