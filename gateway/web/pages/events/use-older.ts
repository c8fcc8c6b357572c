import { useState } from 'preact/hooks'
import type { GatewayEvent } from '../../../src/events/index.ts'
import { ask, Problem } from '../../data/api.ts'
import type { SessionView } from '../../data/console-state.ts'
import { newestFirst } from '../../data/newest-first.ts'
import { useAction } from '../../parts/use-action.ts'

const PAGE = 100

/** Events before those that the page has, read from the log of each number when asked for. */
export function useOlder(known: GatewayEvent[], sessions: SessionView[]) {
	const [events, setEvents] = useState<GatewayEvent[]>([])
	const [isAll, setAll] = useState(false)

	const load = useAction(async () => {
		const pages = await Promise.all(sessions.map(({ id }) => pageBefore(id)))
		const found = pages.flat()
		setEvents([...events, ...found].sort(newestFirst))
		setAll(found.length === 0)
	})

	async function pageBefore(session: string): Promise<GatewayEvent[]> {
		const own = [...known, ...events].filter((event) => event.session === session && event.seq > 0)
		const oldest = Math.min(...own.map(({ seq }) => seq))
		const where = own.length ? `before=${oldest}&limit=${PAGE}` : `last=${PAGE}`
		const path = `/sessions/${encodeURIComponent(session)}/events?${where}`
		const answer = await ask<{ events: GatewayEvent[] }>('GET', path).catch(noneIfGone)
		return answer.events
	}

	const ids = new Set(known.map(({ id }) => id))
	const { run, isBusy, problem } = load
	return { events: events.filter(({ id }) => !ids.has(id)), load: run, isBusy, isAll, problem }
}

/** A number that was just deleted has no log. */
function noneIfGone(error: unknown): { events: GatewayEvent[] } {
	if (error instanceof Problem && error.status === 404) return { events: [] }
	throw error
}
