import type { GatewayEvent } from '../../../events/index.ts'
import type { Session } from '../../../session/session.ts'

/** Events read of a session at a time: no more are held for a page that does not read. */
const PAGE = 100

type EventReader = Pick<Session, 'events' | 'journal'>

/** Reads on in the event logs of several sessions. */
export function createEventReader(sessionOf: (id: string) => EventReader | undefined) {
	// By session and not by id: one that was deleted and made again counts its events from 1.
	const read = new WeakMap<EventReader, number>()
	const unread = new Set<string>()

	/** A session whose state is damaged has no events. */
	async function eventsOf(session: EventReader, after: number, limit: number) {
		return session.events(after, limit).catch((): GatewayEvent[] => [])
	}

	return {
		/** The last events of a session; those after them are read by `next`. */
		async last(id: string, count: number): Promise<GatewayEvent[]> {
			const session = sessionOf(id)
			if (!session) return []
			const newest = await newestOf(session).catch(() => 0)
			const events = count ? await eventsOf(session, Math.max(0, newest - count), count) : []
			read.set(session, events.at(-1)?.seq ?? newest)
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
		const session = sessionOf(id)
		if (!session) return []
		// A session that was made after the page was opened is read from its first event.
		const before = read.get(session) ?? 0
		const events = await eventsOf(session, before, PAGE)
		read.set(session, events.at(-1)?.seq ?? before)
		if (events.length === PAGE) unread.add(id)
		return events
	}
}

async function newestOf(session: EventReader): Promise<number> {
	return (await session.journal()).newest()
}
