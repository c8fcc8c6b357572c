import type { GatewayEvent } from '../../src/events/index.ts'
import type { NewsState, StateChange } from '../../src/http/pages/news/state.ts'
import { newestFirst } from './newest-first.ts'

export type SessionView = NewsState['sessions'][number]
export type WebhookView = NewsState['webhooks'][number]

/** Who is signed in. */
export type Me = { role: 'admin' | 'member'; key: string; name: string | null; sandbox: boolean }

export type ConsoleState = {
	/** Undefined until the gateway has said it; null when nobody is signed in. */
	me: Me | null | undefined
	isLive: boolean
	/** Undefined until the first snapshot. */
	sessions: SessionView[] | undefined
	webhooks: WebhookView[]
	/** The last events of all sessions, newest first. */
	events: GatewayEvent[]
}

export type ConsoleNews =
	| { type: 'me'; me: Me | null }
	| { type: 'live'; isLive: boolean }
	| ({ type: 'snapshot'; events: GatewayEvent[] } & NewsState)
	| { type: 'event'; event: GatewayEvent }
	| { type: 'events'; events: GatewayEvent[] }
	| StateChange

export const emptyConsole: ConsoleState = {
	me: undefined,
	isLive: false,
	sessions: undefined,
	webhooks: [],
	events: [],
}

/** More would make the page slow; the rest is in the event log. */
const MAX_EVENTS = 500

/** What the console knows after some news. Everything has an id, so that hearing it twice does no harm. */
export function reduceConsole(state: ConsoleState, news: ConsoleNews): ConsoleState {
	switch (news.type) {
		case 'me':
			return { ...state, me: news.me }
		case 'live':
			return state.isLive === news.isLive ? state : { ...state, isLive: news.isLive }
		case 'snapshot': {
			const { sessions, webhooks, events } = news
			return { ...state, sessions, webhooks, events: withEvents(state.events, events) }
		}
		case 'session':
			return { ...state, sessions: withItem(state.sessions ?? [], news.id, news.session) }
		case 'webhook':
			return { ...state, webhooks: withItem(state.webhooks, news.id, news.webhook) }
		case 'event':
			return { ...state, events: withEvents(state.events, [news.event]) }
		case 'events':
			return { ...state, events: withEvents(state.events, news.events) }
	}
}

/** A list with one item put in its place, at the end if it is new, or removed. */
function withItem<Item extends { id: string }>(
	items: Item[],
	id: string,
	item: Item | null,
): Item[] {
	if (!item) return items.filter((other) => other.id !== id)
	const index = items.findIndex((other) => other.id === id)
	return index < 0 ? [...items, item] : items.with(index, item)
}

function withEvents(known: GatewayEvent[], told: GatewayEvent[]): GatewayEvent[] {
	const ids = new Set(known.map(({ id }) => id))
	const fresh = told.filter(({ id }) => !ids.has(id))
	return [...fresh, ...known].sort(newestFirst).slice(0, MAX_EVENTS)
}
