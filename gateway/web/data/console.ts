import { ask, onSignedOut } from './api.ts'
import type { GatewayEvent } from '../../src/events/index.ts'
import { emptyConsole, reduceConsole, type ConsoleNews } from './console-state.ts'
import { gapsBetween, type Gap } from './gaps.ts'
import { openLive } from './live.ts'
import { createStore } from './store.ts'
import { whoIsIt } from './who-is-it.ts'

type Snapshot = Extract<ConsoleNews, { type: 'snapshot' }>

/** The state of the console. */
export const store = createStore(reduceConsole, emptyConsole)

let close = () => {}

/** Asks who is signed in, and opens the news for them. */
export async function start(): Promise<void> {
	onSignedOut(() => store.tell({ type: 'me', me: null }))
	await signedIn()
}

/** To be called after a sign-in. */
export async function signedIn(): Promise<void> {
	const me = await whoIsIt()
	store.tell({ type: 'me', me })
	close()
	if (me) close = openNews()
}

/** Signs in with a key. @throws Problem */
export async function signIn(key: string): Promise<void> {
	await ask('POST', '/sign-in', { key })
	await signedIn()
}

/** Ends the session of this browser. */
export async function signOut(): Promise<void> {
	await ask('POST', '/sign-out')
	close()
	location.reload()
}

function openNews(): () => void {
	const tell = (news: ConsoleNews) => store.tell(news)
	return openLive({
		path: '/news?events=50',
		onLive: (isLive) => tell({ type: 'live', isLive }),
		// It may have ended with the ticket.
		onClosed: () => void ask('GET', '/me').catch(() => {}),
		on: {
			snapshot: (data: Omit<Snapshot, 'type'>) => {
				const gaps = gapsBetween(store.get().events, data.events)
				tell({ type: 'snapshot', ...data })
				for (const gap of gaps) void fill(gap)
			},
			session: tell,
			webhook: tell,
			event: (event: never) => tell({ type: 'event', event }),
		},
	})
}

/** Reads what happened while the page was not live; more than 1000 events are left to *Show older ones*. */
async function fill({ session, after, before }: Gap): Promise<void> {
	const query = `after=${Math.max(after, before - 1001)}&before=${before}&limit=1000`
	const path = `/sessions/${encodeURIComponent(session)}/events?${query}`
	const { events } = await ask<{ events: GatewayEvent[] }>('GET', path).catch(() => ({
		events: [],
	}))
	store.tell({ type: 'events', events })
}
