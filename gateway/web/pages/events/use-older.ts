import { useState } from 'preact/hooks'
import type { GatewayEvent } from '../../../src/events/index.ts'
import { ask } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { newestFirst } from '../../data/newest-first.ts'

const PAGE = 100

/** Events before those that the page has, read from the log of each number when asked for. */
export function useOlder(known: GatewayEvent[], sessions: SessionView[]) {
	const [events, setEvents] = useState<GatewayEvent[]>([])
	const [isBusy, setBusy] = useState(false)
	const [isAll, setAll] = useState(false)

	async function load() {
		setBusy(true)
		const pages = await Promise.all(sessions.map(({ id }) => pageBefore(id)))
		const found = pages.flat()
		setEvents([...events, ...found].sort(newestFirst))
		setAll(found.length === 0)
		setBusy(false)
	}

	async function pageBefore(session: string): Promise<GatewayEvent[]> {
		const own = [...known, ...events].filter((event) => event.session === session && event.seq > 0)
		const oldest = Math.min(...own.map(({ seq }) => seq))
		const where = own.length ? `before=${oldest}&limit=${PAGE}` : `last=${PAGE}`
		const path = `/sessions/${encodeURIComponent(session)}/events?${where}`
		const answer = await ask<{ events: GatewayEvent[] }>('GET', path).catch(() => ({ events: [] }))
		return answer.events
	}

	const ids = new Set(known.map(({ id }) => id))
	return { events: events.filter(({ id }) => !ids.has(id)), load, isBusy, isAll }
}
