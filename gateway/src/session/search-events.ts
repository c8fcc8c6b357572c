import { GatewayError } from '../errors.ts'
import type { GatewayEvent } from '../events/index.ts'
import { newestDurable } from './journal.ts'
import type { SessionState } from './state/index.ts'

/** Which events of the log to list. */
export type EventQuery = {
	/** Only events after this number. */
	after?: number | undefined
	/** Only events before this number. */
	before?: number | undefined
	/** How many, at most. */
	limit: number
	/** The newest of them instead of the oldest. */
	newest?: boolean
	wants?: ((type: string) => boolean) | undefined
}

/** Events in their order, and the first and last event that were looked at; null if there was none. */
export type FoundEvents = {
	events: GatewayEvent[]
	searched: { first: number; last: number } | null
}

/** Events read at a time. */
const PAGE = 100
/** A search that finds little looks at no more: half a second. The caller goes on from `searched`. */
const MOST_SEARCHED = 10_000

/** Lists durable events of a session. */
export async function searchEvents(state: SessionState, query: EventQuery): Promise<FoundEvents> {
	const { after = 0, before = Infinity, limit, newest = false, wants = () => true } = query
	const start = Math.max(after, state.events.first() - 1)
	const end = Math.min(before - 1, await newestDurable(state))
	const events: GatewayEvent[] = []
	const seen: number[] = []
	for await (const event of readLog(state, start, end, newest)) {
		seen.push(event.seq)
		if (wants(event.type)) events.push(event)
		if (events.length === limit || seen.length === MOST_SEARCHED) break
	}
	const edges = [seen[0]!, seen.at(-1)!].sort((a, b) => a - b)
	return {
		events: newest ? events.reverse() : events,
		searched: seen.length ? { first: edges[0]!, last: edges[1]! } : null,
	}
}

/** The events after the number `start`, up to `end`: upwards, or from the newest down. */
async function* readLog({ events }: SessionState, start: number, end: number, isDown: boolean) {
	for (let read = 0; start + read < end; read += PAGE) {
		const from = isDown ? Math.max(start, end - read - PAGE) : start + read
		const to = isDown ? end - read : Math.min(end, from + PAGE)
		const page = await events.after(from, to - from, to)
		yield* isDown ? page.reverse() : page
	}
}

/**
 * Finds an event by its number: in the log, or among the dead letters of the webhooks, which are kept for longer.
 * @throws GatewayError event_not_found
 */
export async function findEvent(state: SessionState, seq: number): Promise<GatewayEvent> {
	const newest = await newestDurable(state)
	const [event] = await state.events.after(seq - 1, 1, newest)
	const found = event?.seq === seq ? event : await findCopy(state, seq)
	if (found) return found
	const advice = `There is no event ${seq}. The log has the events ${state.events.first()} to ${newest}; it keeps them for 14 days.`
	throw new GatewayError('event_not_found', advice)
}

async function findCopy({ cursors }: SessionState, seq: number): Promise<GatewayEvent | undefined> {
	for (const reader of (await cursors.list()).keys()) {
		const copies = [cursors.deadLetters.get(reader, seq), cursors.requeued.get(reader, seq)]
		const copy = (await Promise.all(copies)).find((found) => found !== undefined)
		if (copy) return copy.event
	}
	return undefined
}
