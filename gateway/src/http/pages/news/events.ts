import type { GatewayEvent } from '../../../events/index.ts'
import type { EventSource } from './event-source.ts'

/** Events read of a session at a time: no more are held for a page that does not read. */
const PAGE = 100

/**
 * Reads on in the event logs of several sessions. One that cannot be read has no events meanwhile.
 * @param since when the page was opened, Unix time in milliseconds: of a session that was made after that all events are
 * read, of others those that come
 */
export function createEventReader(
	sourceOf: (id: string) => EventSource | undefined,
	since = Date.now(),
) {
	/** The last event that was read, by source. */
	const read = new Map<string, number>()
	const unread = new Set<string>()

	async function beginOf({ key, createdAt, newest }: EventSource): Promise<number> {
		const known = read.get(key)
		if (known !== undefined) return known
		return Date.parse(createdAt) >= since ? 0 : newest()
	}

	async function lastOf(source: EventSource, count: number): Promise<GatewayEvent[]> {
		const newest = await source.newest()
		const events = count ? await source.events(Math.max(0, newest - count), count) : []
		read.set(source.key, events.at(-1)?.seq ?? newest)
		return events
	}

	async function nextOf(id: string): Promise<GatewayEvent[]> {
		unread.delete(id)
		const source = sourceOf(id)
		if (!source) return []
		const before = await beginOf(source)
		const events = await source.events(before, PAGE)
		read.set(source.key, events.at(-1)?.seq ?? before)
		if (events.length === PAGE) unread.add(id)
		return events
	}

	const nothing = (): GatewayEvent[] => []

	return {
		/** The last events of a session; those after them are read by `next`. */
		async last(id: string, count: number): Promise<GatewayEvent[]> {
			const source = sourceOf(id)
			return source ? lastOf(source, count).catch(nothing) : []
		},
		/** Says that a session has new events, or may have some. */
		noted: (id: string) => void unread.add(id),
		/** The next events of the sessions that have some, in the order of each session. */
		async next(): Promise<GatewayEvent[]> {
			const events = await Promise.all([...unread].map((id) => nextOf(id).catch(nothing)))
			return events.flat()
		},
		hasNew: () => unread.size > 0,
	}
}
