import type { Range } from '../json/range.ts'
import type { WriteBatch } from './batch.ts'
import type { Database } from './database.ts'
import type { RowCodec } from './row-codec.ts'
import type { StateRow } from './state-row.ts'
import { FencedError, persist, RegressedError, failureKindOf } from './failures.ts'

const STATEMENTS_AT_ONCE = 3
const STATES_AT_ONCE = 64
/** Rows that one statement drops: some 0.2 s. */
const DROPPED_AT_ONCE = 20_000

/** A state that has something to write. */
export type Writer = StateRow & {
	readonly codec: RowCodec
	/** What is to be written next. It is on its way once `begin` was called, and takes no more. */
	next(): WriteBatch | undefined
	begin(): void
	/** The batch that is on its way is durable. */
	arrived(): void
	/** It cannot be made durable. */
	failed(error: unknown): void
}

/** A batch on its way. */
type Departure = { writer: Writer; batch: WriteBatch }

/**
 * The update of the state's row is the fence: it locks the row, so that a takeover waits for a commit that is under
 * way, and a commit behind a takeover looks at the row again. Which state is missing among the results was taken over, or
 * its batch had been written before.
 */
const COMMIT = `with fence as (
		update wag.state s set done = s.done + f.size
		from unnest($1::int[], $2::bigint[], $3::bigint[], $4::int[]) as f(no, epoch, done, size)
		where s.no = f.no and s.epoch = f.epoch and s.done = f.done returning s.no, s.done),
	gone as (
		delete from wag.record r using fence, unnest($5::int[], $6::text[], $7::text[]) as d(no, collection, id)
		where fence.no = d.no and r.state = d.no and r.collection = d.collection and r.id = d.id),
	put as (
		insert into wag.record as r (state, collection, id, n, value)
		select p.* from fence join unnest($8::int[], $9::text[], $10::text[], $11::bigint[], $12::text[])
			as p(no, collection, id, n, value) on p.no = fence.no
		on conflict (state, collection, id) do update set value = excluded.value,
			n = case when excluded.n % 2 = 1 then excluded.n else r.n end)
	select no, done from fence`

/** Writes nothing when there is nothing to drop. */
const DROP = `with due as (
		select r.collection, r.id from wag.record r
		where r.state = $1 and r.collection >= $4 and r.collection < $5 limit ${DROPPED_AT_ONCE}),
	fence as (
		update wag.state set done = done + 1
		where no = $1 and epoch = $2 and done = $3 and exists (select from due) returning done),
	gone as (
		delete from wag.record r using fence, due
		where r.state = $1 and r.collection = due.collection and r.id = due.id)
	select (select done from fence) as done, (select count(*) from due)::int as due`

const LOOK = 'select no, epoch, done from wag.state where no = any($1::int[])'

/** The place of a record among the others by its first writing. An odd one is taken even by a row that has one already. */
const placeOf = (count: number, isReborn: boolean) => 2 * count + (isReborn ? 1 : 0)

/** What is written of a state. */
type Writing = { writer: Pick<Writer, 'no' | 'done' | 'codec'>; batch: WriteBatch }

/** The columns of rows that are put, for `unnest`: state, collection, key, place, value. */
export function putColumns(writings: readonly Writing[]) {
	const columns: [number[], string[], string[], number[], string[]] = [[], [], [], [], []]
	for (const { writer, batch } of writings) {
		let count = writer.done
		for (const [collection, writes] of batch.collections())
			for (const [id, { text, isReborn }] of writes) {
				count++
				if (text === null) continue
				columns[0].push(writer.no)
				columns[1].push(collection)
				const key = writer.codec.keyOf(collection, id)
				columns[2].push(key)
				columns[3].push(placeOf(count, isReborn))
				columns[4].push(writer.codec.encode(collection, id, text, key))
			}
	}
	return columns
}

/** The columns of rows that are deleted: state, collection, key. */
function goneColumns(writings: readonly Writing[]) {
	const columns: [number[], string[], string[]] = [[], [], []]
	for (const { writer, batch } of writings)
		for (const [collection, writes] of batch.collections())
			for (const [id, { text }] of writes) {
				if (text !== null) continue
				columns[0].push(writer.no)
				columns[1].push(collection)
				columns[2].push(writer.codec.keyOf(collection, id))
			}
	return columns
}

function commitStatement(departures: readonly Departure[]) {
	const fences = [
		departures.map(({ writer }) => writer.no),
		departures.map(({ writer }) => writer.epoch),
		departures.map(({ writer }) => writer.done),
		departures.map(({ batch }) => batch.size()),
	]
	const values = [...fences, ...goneColumns(departures), ...putColumns(departures)]
	return { name: 'wag-commit', text: COMMIT, values }
}

/**
 * Makes the batches of all states durable: those that wait at the same time leave in one statement, at most one batch of
 * each state. A statement whose answer is lost is resolved by what stands in the database.
 * @param mayWait whether to try again after a failure
 */
export function createCommitter(database: Database, mayWait: () => boolean) {
	const due = new Set<Writer>()
	let underWay = 0
	let isWoken = false

	function wake() {
		if (isWoken || underWay >= STATEMENTS_AT_ONCE || due.size === 0) return
		isWoken = true
		setImmediate(() => {
			isWoken = false
			const departures = take()
			if (departures.length === 0) return
			underWay++
			void carry(departures).finally(() => {
				underWay--
				wake()
			})
			wake()
		})
	}

	/** The batches of the next statement: a range goes alone, and so does who still has a state that was opened anew. */
	function take(): Departure[] {
		const departures: Departure[] = []
		const numbers = new Set<number>()
		for (const writer of due) {
			const batch = writer.next()
			if (numbers.has(writer.no) || (batch?.range && departures.length)) continue
			due.delete(writer)
			if (!batch) continue
			writer.begin()
			numbers.add(writer.no)
			departures.push({ writer, batch })
			if (batch.range || departures.length === STATES_AT_ONCE) break
		}
		return departures
	}

	/** Resolves when each of them has arrived or failed. */
	async function carry(departures: Departure[]): Promise<void> {
		const left = new Map(departures.map((departure) => [departure.writer.no, departure]))
		let isRepeat = false

		function arrive({ writer }: Departure, done: number) {
			left.delete(writer.no)
			writer.done = done
			writer.arrived()
		}

		function fail(departure: Departure, error: unknown) {
			left.delete(departure.writer.no)
			departure.writer.failed(error)
		}

		/** Tells those that were written from those that were not. */
		async function look() {
			const values = [[...left.keys()]]
			const rows = await database.query<StateRow>({ name: 'wag-look', text: LOOK, values })
			const found = new Map(rows.map((row) => [row.no, row]))
			for (const departure of [...left.values()]) {
				const { writer, batch } = departure
				const row = found.get(writer.no)
				const error = whyStopped(writer, row)
				if (error) fail(departure, error)
				// Of a range there may be more.
				else if (batch.range) writer.done = row!.done
				else if (row!.done > writer.done) arrive(departure, row!.done)
			}
		}

		async function send() {
			const [first] = left.values()
			if (first!.batch.range) return drop(first!, first!.batch.range)
			const rows = await database.query<StateRow>(commitStatement([...left.values()]))
			for (const { no, done } of rows) arrive(left.get(no)!, done)
		}

		async function drop(departure: Departure, { prefix, before }: Range) {
			const { writer } = departure
			const values = [writer.no, writer.epoch, writer.done, prefix, prefix + before]
			const statement = { name: 'wag-drop', text: DROP, values }
			const [row] = await database.query<{ done: number | null; due: number }>(statement)
			const { done, due } = row!
			if (done !== null) writer.done = done
			const isStopped = due > 0 && done === null
			if (due < DROPPED_AT_ONCE && !isStopped) arrive(departure, writer.done)
		}

		async function attempt() {
			while (left.size) {
				if (isRepeat) await look()
				isRepeat = true
				if (left.size) await send()
			}
		}

		try {
			await persist(attempt, mayWait)
		} catch (error) {
			const rest = [...left.values()]
			// What the database refuses of one state is no fault of the others.
			if (failureKindOf(error) === 'bug' && rest.length > 1)
				await Promise.all(rest.map((departure) => carry([departure])))
			else for (const departure of rest) fail(departure, error)
		}
	}

	return {
		/** The state has something to write. */
		due(writer: Writer) {
			due.add(writer)
			wake()
		},
	}
}

export type Committer = ReturnType<typeof createCommitter>

/** Why a state cannot go on from where it is; undefined if it can. */
function whyStopped({ epoch, done }: Writer, row: StateRow | undefined): Error | undefined {
	if (!row || row.epoch > epoch)
		return new FencedError('another gateway has taken over the state of the session, or removed it')
	if (row.epoch < epoch || row.done < done)
		return new RegressedError('the database has lost commits that it had acknowledged')
	return undefined
}
