import type { GatewayEvent } from '../../../events/index.ts'
import type { Session } from '../../../session/session.ts'

/** Events read of a session at a time: no more are held for a page that does not read. */
const PAGE = 100

type EventReader = Pick<Session, 'events' | 'journal'>

/** Reads on in the event logs of several sessions. */
export function createEventReader(sessionOf: (id: string) => EventReader | undefined) {
	const read = new Map<string, number>()
	const unread = new Set<string>()

	async function newestOf(id: string): Promise<number> {
		return (await (await sessionOf(id)?.journal())?.newest()) ?? 0
	}

	/** A session whose state is damaged, or that was deleted meanwhile, has no events. */
	async function eventsOf(id: string, after: number, limit: number): Promise<GatewayEvent[]> {
		return (
			sessionOf(id)
				?.events(after, limit)
				.catch(() => []) ?? []
		)
	}

	return {
		/** The last events of a session; those after them are read by `next`. */
		async last(id: string, count: number): Promise<GatewayEvent[]> {
			const newest = await newestOf(id).catch(() => 0)
			const events = count ? await eventsOf(id, Math.max(0, newest - count), count) : []
			read.set(id, events.at(-1)?.seq ?? newest)
			return events
		},
		/** Says that a session has new events. */
		noted: (id: string) => void unread.add(id),
		/** The next events of the sessions that have some, in the order of each session. */
		async next(): Promise<GatewayEvent[]> {
			const events: GatewayEvent[] = []
			for (const id of [...unread]) events.push(...(await nextOf(id)))
			return events
		},
		hasNew: () => unread.size > 0,
	}

	async function nextOf(id: string): Promise<GatewayEvent[]> {
		unread.delete(id)
		// A session that was made after the page was opened is read from its first event.
		const events = await eventsOf(id, read.get(id) ?? 0, PAGE)
		read.set(id, events.at(-1)?.seq ?? read.get(id) ?? 0)
		if (events.length === PAGE) unread.add(id)
		return events
	}
}
