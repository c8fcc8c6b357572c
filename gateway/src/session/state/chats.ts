import type { Change, StateStore } from '../../storage/driver.ts'
import { identityOf, jidsOf } from '../identity.ts'
import { latest } from './latest.ts'
import { openChatIndex, type Filter, type IndexEntry, type Page } from './chat-index.ts'

/** The first message to a person who has never written to the account. */
export type FirstMessage = {
	/** Unix time in milliseconds. */
	at: number
	/** A keyed hash of its text, if it has one. */
	text?: string | undefined
}

/** The newest message of a chat: clients name it when they archive the chat or mark it as read. */
export type LastMessage = {
	message_id: string
	from_me: boolean
	/** The jid of the author, where a chat has many. */
	sender?: string | undefined
	/** Unix time in seconds. */
	at: number
}

export type ChatActivity = {
	/** When a message was last exchanged, ISO 8601. */
	at: string
	/** Undefined in a chat from before it was kept. */
	last?: LastMessage
	/** How many messages of others came since the account last read the chat. */
	unread: number
	/** When a message of others last came: Unix time in seconds. Undefined if none did since it is kept. */
	heard?: number
	/** Where the account wrote first. */
	began?: FirstMessage
	/** The numbers of its messages in the index: from `first`, and below `next`. Those of the history are negative. */
	first: number
	next: number
}

export type ExchangedMessage = LastMessage & {
	/** The jid of the chat. */
	to: string
	type: string
	/** Whether it is older than those that came by themselves. */
	isHistory: boolean
}

const none = { unread: 0, first: 0, next: 0 }

/** The chats in which messages were exchanged, in memory, and an index of the messages of each. */
export async function openChats(
	state: StateStore,
	otherName: (user: string, kind: 'phone' | 'lid') => string | undefined,
	keepDays: number,
) {
	const listed = (await state.list('chat')) as Map<string, ChatActivity | string>
	const known = new Map([...listed].map(([chat, kept]) => [chat, activityFrom(kept)]))
	const index = await openChatIndex(state, keepDays)

	/** A person has one chat, although messages come by number and by LID. */
	const keyOf = (jid: string) =>
		jidsOf(identityOf(jid, otherName)).find((each) => known.has(each)) ?? jid

	function set(chat: string, activity: ChatActivity): Change {
		known.set(chat, activity)
		return latest('chat', chat, known)
	}

	return {
		/** Notes a message that was exchanged. */
		note({ to, type, isHistory, ...last }: ExchangedMessage): Change[] {
			const chat = keyOf(to)
			const before = known.get(chat) ?? { at: '', ...none }
			const number = isHistory ? before.first - 1 : before.next
			const isNewest = last.at >= (before.last?.at ?? 0)
			const activity = {
				...before,
				...(isNewest && { last, at: new Date(last.at * 1000).toISOString() }),
				...(!last.from_me && { heard: Math.max(before.heard ?? 0, last.at) }),
				unread: isHistory ? before.unread : last.from_me ? 0 : before.unread + 1,
				first: Math.min(before.first, number),
				next: Math.max(before.next, number + 1),
			}
			const { message_id, from_me, at } = last
			const entry = { number, message_id, from_me, at, type }
			return [set(chat, activity), index.put(chat, entry)]
		},
		/** The account is about to write to a person for the first time: to be committed with the message. */
		begin(jid: string, began: FirstMessage): Change {
			const chat = keyOf(jid)
			const before = known.get(chat) ?? { at: new Date(began.at).toISOString(), ...none }
			return set(chat, { ...before, began })
		},
		/** The account has read a chat on one of its devices. */
		markRead(jid: string): Change[] {
			const chat = keyOf(jid)
			const before = known.get(chat)
			return before?.unread ? [set(chat, { ...before, unread: 0 })] : []
		},
		/** What the phone says of a chat at first. */
		unreadAtFirst(jid: string, unread: number): Change[] {
			const chat = keyOf(jid)
			const before = known.get(chat)
			return before && before.next === 0 && unread > 0 ? [set(chat, { ...before, unread })] : []
		},
		/** The activity in a chat; undefined if none is known. */
		of: (jid: string): ChatActivity | undefined => known.get(keyOf(jid)),
		/** The chats by their jids. */
		all: (): ReadonlyMap<string, ChatActivity> => known,
		/** A page of the messages of a chat, the newest first. */
		async page(jid: string, filter: Filter): Promise<Page> {
			const chat = keyOf(jid)
			const { first, next } = known.get(chat) ?? none
			return index.page(chat, { first, next }, filter)
		},
		/** The oldest message of a chat that is kept. */
		async oldest(jid: string): Promise<IndexEntry | undefined> {
			const chat = keyOf(jid)
			return index.oldest(chat, known.get(chat) ?? none)
		},
		prune: index.prune,
	}
}

export type Chats = Awaited<ReturnType<typeof openChats>>

/** Of 0.1.0 it is the time alone. */
const activityFrom = (kept: ChatActivity | string): ChatActivity =>
	typeof kept === 'string' ? { at: kept, ...none } : kept
