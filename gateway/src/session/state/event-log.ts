import type { GatewayEvent, NewEvent } from '../../events/index.ts'
import { DAY_MS } from '../../lib/units.ts'
import { ulid } from '../../lib/ulid.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { createEphemeralFields } from './ephemeral-fields.ts'

/** Events are numbered from 1; ids sort as the numbers do. */
const idOf = (seq: number) => String(seq).padStart(12, '0')

/** Events are kept for so long, and at most so many: whichever limit is reached first. */
const KEEP_MS = 14 * DAY_MS
const KEEP_EVENTS = 100_000

/** The events of a session, in order. An event is durable before it is published. */
export async function openEventLog(state: StateStore, session: string) {
	const ids = await state.ids('event')
	const ephemeral = createEphemeralFields()
	let first = Number(ids[0] ?? 1)
	let seq = Number((await state.get('meta', ['seq'])).get('seq') ?? 0)

	/** The events after a number, in order: at most `limit`, and none after `end`. */
	async function after(number: number, limit: number, end = seq): Promise<GatewayEvent[]> {
		const from = Math.max(number + 1, first)
		const wanted = Array.from({ length: Math.max(0, Math.min(limit, end - from + 1)) }, (_, n) =>
			idOf(from + n),
		)
		const found = await state.get('event', wanted)
		const events = wanted.flatMap((id) => (found.get(id) as GatewayEvent | undefined) ?? [])
		return events.map(ephemeral.whole)
	}

	return {
		/** Gives an event its number. Commit the changes in the same tick: numbers and commits have one order. */
		record(occurred: NewEvent): { event: GatewayEvent; changes: Change[] } {
			const timestamp = new Date().toISOString()
			const event = { id: `evt_${ulid()}`, ...occurred, timestamp, session, seq: ++seq }
			return {
				event,
				changes: [
					{ collection: 'event', id: idOf(seq), value: ephemeral.without(event) },
					{ collection: 'meta', id: 'seq', value: seq },
				],
			}
		},
		last: () => seq,
		after,
		/** The number of the last event before a time (Unix, ms). */
		async before(time: number): Promise<number> {
			let [low, high] = [first - 1, seq]
			while (low < high) {
				const middle = Math.ceil((low + high) / 2)
				const [event] = await after(middle - 1, 1)
				if (event && Date.parse(event.timestamp) < time) low = middle
				else high = middle - 1
			}
			return low
		},
		/** Deletes old events. @param needed the first event that a webhook has yet to get: it and later ones are kept */
		async prune(now = Date.now(), needed = Infinity) {
			const due: Change[] = []
			while (first <= seq && first < needed) {
				const id = idOf(first)
				const event = (await state.get('event', [id])).get(id) as GatewayEvent | undefined
				const isKept = event && Date.parse(event.timestamp) > now - KEEP_MS
				if (isKept && seq - first < KEEP_EVENTS) break
				due.push({ collection: 'event', id, value: null })
				first++
			}
			if (due.length) await state.commit(due)
		},
	}
}

export type EventLog = Awaited<ReturnType<typeof openEventLog>>
