import type { GatewayEvent, NewEvent } from '../../events/index.ts'
import { withNames, type KnownNames } from '../../events/with-names.ts'
import { DAY_MS } from '../../lib/units.ts'
import { ulid } from '../../lib/ulid.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { createEphemeralFields } from './ephemeral-fields.ts'

/** Events are numbered from 1; ids sort as the numbers do. */
const idOf = (seq: number) => String(seq).padStart(12, '0')

/**
 * The events of a day, or so many of them, are a block: a collection of its own, which is deleted as a whole. `first` is
 * the number of its first event, `day` counts from 1970.
 */
type Block = { first: number; day: number }
const BLOCK_EVENTS = 1_000
const BLOCKS = 'event-block'
const EVENTS = 'event/'

/** Numbers that no event has, by the number of the first event after them: the number of the last one before. */
const GAPS = 'event-gap'
/** More than a session can have used since a copy was made of its state. */
const LEAP = 1_000_000

/** Events are kept for so many days, and at most so many, to the block: whichever limit is reached first. */
const KEEP_DAYS = 14
const KEEP_EVENTS = 100_000

/** What an event repeats of its session. */
export type EventExtras = Pick<GatewayEvent, 'metadata'>

/**
 * The events of a session, in order. An event is durable before it is published.
 * @param names the names of people and chats, which events get
 * @param ofSession what each event repeats of the session
 */
export async function openEventLog(
	state: StateStore,
	session: string,
	names: KnownNames = { of: () => null, usernameOf: () => undefined },
	ofSession: () => EventExtras = () => ({}),
) {
	const ephemeral = createEphemeralFields()
	const blocks = [...(await state.list(BLOCKS))].map(([id, day]): Block => ({
		first: Number(id),
		day: day as number,
	}))
	const gaps = new Map(
		[...(await state.list(GAPS))].map(([id, last]) => [Number(id), last as number]),
	)
	let seq = Number((await state.get('meta', ['seq'])).get('seq') ?? 0)

	const firstKept = () => blocks[0]?.first ?? seq + 1

	/** The number of the last event of a block. */
	function lastOf(n: number): number {
		const next = blocks[n + 1]?.first ?? seq + 1
		return gaps.get(next) ?? next - 1
	}

	/** Reads those events of a block that are in a range; there are some. */
	function readBlock(n: number, from: number, to: number) {
		const ids = Array.from({ length: to - from + 1 }, (_, k) => idOf(from + k))
		return state.get(EVENTS + idOf(blocks[n]!.first), ids)
	}

	/** The events after a number, in order: at most `limit`, and none after `end`. */
	async function after(number: number, limit: number, end = seq): Promise<GatewayEvent[]> {
		let left = limit
		const reads = blocks.flatMap(({ first }, n) => {
			const from = Math.max(number + 1, first)
			const to = Math.min(end, lastOf(n), from + left - 1)
			if (from > to) return []
			left -= to - from + 1
			return [readBlock(n, from, to)]
		})
		const found = await Promise.all(reads)
		const events = found.flatMap((records) => [...records.values()] as GatewayEvent[])
		return events.map(ephemeral.whole)
	}

	/** The changes with which a block begins, if the newest one is full or of another day. */
	function beginBlock(): Change[] {
		const day = Math.floor(Date.now() / DAY_MS)
		const newest = blocks.at(-1)
		if (newest?.day === day && seq - newest.first < BLOCK_EVENTS) return []
		blocks.push({ first: seq, day })
		return [{ collection: BLOCKS, id: idOf(seq), value: day }]
	}

	return {
		/** Gives an event its number. Commit the changes in the same tick: numbers and commits have one order. */
		record(occurred: NewEvent): { event: GatewayEvent; changes: Change[] } {
			const timestamp = new Date().toISOString()
			const event = {
				id: `evt_${ulid()}`,
				...withNames(occurred, names),
				timestamp,
				session,
				seq: ++seq,
				...ofSession(),
			}
			const begun = beginBlock()
			const collection = EVENTS + idOf(blocks.at(-1)!.first)
			return {
				event,
				changes: [
					{ collection, id: idOf(seq), value: ephemeral.without(event) },
					{ collection: 'meta', id: 'seq', value: seq },
					...begun,
				],
			}
		},
		/** Leaves out numbers that events may have had which are not known any more. Commit it with the next event. */
		leap(): Change[] {
			const last = seq
			seq += LEAP
			gaps.set(seq + 1, last)
			return [{ collection: GAPS, id: idOf(seq + 1), value: last }]
		},
		last: () => seq,
		/** The number of the first event that is kept; of the next one, if there is none. */
		first: firstKept,
		after,
		/** The number of the last event before a time (Unix, ms). */
		async before(time: number): Promise<number> {
			let [low, high] = [firstKept() - 1, seq]
			while (low < high) {
				const middle = Math.ceil((low + high) / 2)
				const [event] = await after(middle - 1, 1)
				if (event && Date.parse(event.timestamp) < time) low = middle
				else high = middle - 1
			}
			return low
		},
		/** Deletes old blocks. @param needed the first event that a webhook has yet to get: it and later ones are kept */
		async prune(now = Date.now(), needed = Infinity) {
			const oldest = Math.floor(now / DAY_MS) - KEEP_DAYS
			const counts = blocks.map(({ first }, n) => lastOf(n) - first + 1)
			let later = counts.reduce((sum, count) => sum + count, 0)
			const kept = blocks.findIndex(({ day }, n) => {
				later -= counts[n]!
				const isOld = day < oldest || later > KEEP_EVENTS
				return !isOld || (blocks[n + 1]?.first ?? seq + 1) > needed
			})
			const gone = blocks.splice(0, kept < 0 ? blocks.length : kept)
			if (!gone.length) return
			const passed = [...gaps.keys()].filter((first) => first <= firstKept())
			for (const first of passed) gaps.delete(first)
			await Promise.all([
				state.commit([
					...gone.map(({ first }) => ({ collection: BLOCKS, id: idOf(first), value: null })),
					...passed.map((first) => ({ collection: GAPS, id: idOf(first), value: null })),
				]),
				state.drop(EVENTS, idOf(firstKept())),
			])
		},
	}
}

export type EventLog = Awaited<ReturnType<typeof openEventLog>>
