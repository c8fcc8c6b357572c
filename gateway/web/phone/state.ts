import type { PersonView } from '../../src/sandbox/control/person-view.ts'
import type { ActiveFault } from '../../src/sandbox/server/active-fault.ts'
import type { Bubble, ChatView } from '../../src/sandbox/view/bubble.ts'
import type { Me } from '../data/console-state.ts'

/** A text that was written here, and of which the gateway has said nothing yet. */
export type Pending = {
	id: string
	chat: string
	text: string
	at: number
	/** It is a file, and the text its name. */
	isFile?: true
	/** Why it was not sent. */
	why?: string
}

export type PhoneState = {
	/** Undefined until the gateway has said it; null when nobody is signed in. */
	admin: Me | null | undefined
	isLive: boolean
	/** The phone number of the person; undefined before one is chosen. */
	person: string | undefined
	/** Whether a snapshot has come. */
	isLoaded: boolean
	people: Record<string, PersonView>
	/** Whether the gateway has said who is there. */
	knowsPeople: boolean
	chats: Record<string, ChatView>
	/** By `seq`. */
	bubbles: Record<string, Bubble>
	faults: ActiveFault[]
	/** The chats that have older bubbles. */
	more: string[]
	pending: Pending[]
	/** What could not be done, in words. */
	problem: string | undefined
}

type Values = { set: Record<string, unknown>; gone: string[] }

export type PhoneNews =
	| { type: 'admin'; admin: Me | null }
	| { type: 'live'; isLive: boolean }
	| { type: 'person'; person: string }
	| { type: 'people'; people: PersonView[] }
	| ({ type: 'snapshot'; more: string[] } & Values)
	| ({ type: 'change' } & Values)
	| { type: 'older'; chat: string; bubbles: Bubble[]; more: boolean }
	| { type: 'writes'; pending: Pending }
	| { type: 'unsent'; id: string; why: string }
	| { type: 'forgets'; id: string }
	| { type: 'problem'; problem: string | undefined }

export const emptyPhone: PhoneState = {
	admin: undefined,
	isLive: false,
	person: undefined,
	isLoaded: false,
	people: {},
	knowsPeople: false,
	chats: {},
	bubbles: {},
	faults: [],
	more: [],
	pending: [],
	problem: undefined,
}

type Kept = 'people' | 'chats' | 'bubbles'
const kinds: Record<string, Kept> = { person: 'people', chat: 'chats', bubble: 'bubbles' }

/** What the page knows after some news. Values replace those of the same key: hearing them twice does no harm. */
export function reducePhone(state: PhoneState, news: PhoneNews): PhoneState {
	switch (news.type) {
		case 'admin':
			return { ...state, admin: news.admin }
		case 'live':
			return state.isLive === news.isLive ? state : { ...state, isLive: news.isLive }
		case 'person': {
			const { admin, people, knowsPeople } = state
			return { ...emptyPhone, admin, people, knowsPeople, person: news.person }
		}
		case 'people': {
			const people = Object.fromEntries(news.people.map((each) => [each.phone, each]))
			return { ...state, people, knowsPeople: true }
		}
		case 'snapshot':
			return afresh(state, news)
		case 'change':
			return withValues(state, news)
		case 'older': {
			const others = state.more.filter((chat) => chat !== news.chat)
			const set = Object.fromEntries(news.bubbles.map((bubble) => [`bubble/${bubble.seq}`, bubble]))
			const more = news.more ? [...others, news.chat] : others
			return { ...withValues(state, { set, gone: [] }), more }
		}
		case 'writes':
			return isShown(state, news.pending.id)
				? state
				: { ...state, pending: [...withoutPending(state, news.pending.id), news.pending] }
		case 'unsent': {
			const pending = state.pending.map((each) =>
				each.id === news.id ? { ...each, why: news.why } : each,
			)
			return { ...state, pending }
		}
		case 'forgets':
			return { ...state, pending: withoutPending(state, news.id) }
		case 'problem':
			return { ...state, problem: news.problem }
	}
}

/** A snapshot has everything: what it does not name is gone. What was written here still waits. */
function afresh(state: PhoneState, { set, gone, more }: Values & { more: string[] }): PhoneState {
	const empty = { ...state, people: {}, chats: {}, bubbles: {}, faults: [], more, isLoaded: true }
	return withValues(empty, { set, gone })
}

function withValues(state: PhoneState, { set, gone }: Values): PhoneState {
	const next = { ...state }
	// A copy of each table that changes, and of no other one.
	const tables: Partial<Record<Kept, Record<string, unknown>>> = {}
	const tableOf = (key: string): [Record<string, unknown>, string] | undefined => {
		const slash = key.indexOf('/')
		const kind = kinds[key.slice(0, slash)]
		if (!kind) return undefined
		return [(tables[kind] ??= { ...state[kind] }), key.slice(slash + 1)]
	}
	for (const [key, value] of Object.entries(set)) {
		const [table, id] = tableOf(key) ?? []
		if (table) table[id!] = value
		else if (key === 'faults') next.faults = value as ActiveFault[]
	}
	for (const key of gone) {
		const [table, id] = tableOf(key) ?? []
		if (table) delete table[id!]
	}
	Object.assign(next, tables)
	next.pending = state.pending.filter(({ id }) => !isShown(next, id))
	return next
}

const isShown = ({ bubbles }: PhoneState, id: string) =>
	Object.values(bubbles).some((bubble) => bubble.mine && bubble.id === id)

const withoutPending = ({ pending }: PhoneState, id: string) =>
	pending.filter((each) => each.id !== id)

/** The bubbles of a chat in their order. */
export const bubblesIn = ({ bubbles }: PhoneState, chat: string): Bubble[] =>
	Object.values(bubbles)
		.filter((bubble) => bubble.chat === chat)
		.sort((one, other) => one.seq - other.seq)

/** The chats, the newest first. */
export const chatList = ({ chats }: PhoneState): ChatView[] =>
	Object.values(chats).sort((one, other) => other.seq - one.seq)

/** A chat, also one with a person to whom nobody has written yet. */
export function chatWith({ chats, people }: PhoneState, id: string): ChatView | undefined {
	const known = chats[id]
	const person = people[id.split('@')[0]!]
	if (known || !person) return known
	return {
		id,
		name: person.name,
		kind: 'person',
		avatar: person.avatar,
		unread: 0,
		seq: 0,
		last: null,
		pinned: null,
		typing: null,
		online: false,
		linked: person.linked_devices > 0,
		members: [],
		may_write: true,
	}
}
