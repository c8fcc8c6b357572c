import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { jidsOf } from '../identity.ts'
import { latest } from './latest.ts'

/** What the devices of the account have set for a chat. Times are Unix seconds. */
export type ChatState = {
	archived: boolean
	/** Null if it is not pinned. */
	pinned_at: number | null
	/** -1 for ever; null if it is not muted. */
	muted_until: number | null
	marked_unread: boolean
	locked: boolean
	/** Messages up to then were removed from this account's devices. */
	cleared_at: number | null
	/** The chat was removed from the list; a later message brings it back. */
	deleted_at: number | null
	/** The chat as the phone names it: by phone number or by LID. */
	jid: string | null
}

const untouched: ChatState = {
	archived: false,
	pinned_at: null,
	muted_until: null,
	marked_unread: false,
	locked: false,
	cleared_at: null,
	deleted_at: null,
	jid: null,
}

/** WhatsApp tells each of these once, and then only how it changes. In memory. */
export async function openChatStates(state: StateStore) {
	const known = (await state.list('chat-state')) as Map<string, Partial<ChatState>>

	const keyOf = (chat: Identity) => jidsOf(chat).find((jid) => known.has(jid)) ?? chat.id
	const of = (chat: Identity): ChatState => ({ ...untouched, ...known.get(keyOf(chat)) })

	return {
		of,
		/** How many chats are pinned. */
		pinned: () => [...known.values()].filter(({ pinned_at }) => pinned_at).length,
		/** The jids of chats that have a state. */
		ids: () => [...known.keys()],
		/** Keeps what is set. @returns nothing if it was so before */
		set(chat: Identity, set: Partial<ChatState>): Change[] {
			const before = of(chat)
			const fields = Object.keys(set) as (keyof ChatState)[]
			if (fields.every((field) => set[field] === before[field])) return []
			const id = keyOf(chat)
			known.set(id, { ...known.get(id), ...set })
			return [latest('chat-state', id, known)]
		},
	}
}

export type ChatStates = Awaited<ReturnType<typeof openChatStates>>
