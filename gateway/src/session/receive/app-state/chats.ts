import { toNumber } from '@whiskeysockets/baileys'
import type { NewEvent } from '../../../events/index.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import type { SharedChange } from '../../app-state/fetch-changes.ts'
import type { ChatState } from '../../state/chat-states.ts'
import { chatIn, type SharedReader } from './define.ts'

type Told = Partial<Extract<NewEvent, { type: 'chat.updated' }>['data']>
type Setting = { set: Partial<ChatState>; told: Told }

/** Seconds of a time in milliseconds; of now, if there is none. */
export const unixSeconds = (milliseconds: Parameters<typeof toNumber>[0]): number =>
	Math.floor((toNumber(milliseconds) || Date.now()) / SECOND_MS)

const readers: Record<string, (change: SharedChange) => Setting> = {
	archive: ({ value }) => {
		const archived = value.archiveChatAction?.archived ?? false
		return { set: { archived }, told: { archived } }
	},
	pin_v1: ({ value }) => {
		const pinned = value.pinAction?.pinned ?? false
		return { set: { pinned_at: pinned ? unixSeconds(value.timestamp) : null }, told: { pinned } }
	},
	mute: ({ value: { muteAction: mute } }) => {
		const end = toNumber(mute?.muteEndTimestamp)
		const until = !mute?.muted ? null : end > 0 ? unixSeconds(end) : FOREVER
		return { set: { muted_until: until }, told: { muted_until: until } }
	},
	markChatAsRead: ({ value }) => {
		const marked_unread = value.markChatAsReadAction?.read === false
		return { set: { marked_unread }, told: { marked_unread } }
	},
	lock: ({ value }) => {
		const locked = value.lockChatAction?.locked ?? false
		return { set: { locked }, told: { locked } }
	},
	clearChat: ({ value }) => ({
		set: { cleared_at: unixSeconds(value.timestamp) },
		told: { cleared: true },
	}),
	deleteChat: ({ value }) => ({
		set: {
			...untouched,
			cleared_at: unixSeconds(value.timestamp),
			deleted_at: unixSeconds(value.timestamp),
		},
		told: { deleted: true },
	}),
}

/** Muted without an end. */
export const FOREVER = -1

const untouched = { archived: false, pinned_at: null, marked_unread: false }

/** Kinds of changes of a chat: the first part of their index. */
export const chatKinds = Object.keys(readers)

/** A chat was archived, muted, pinned … or the opposite. */
export const readChatChange: SharedReader = (change, deps) => {
	const chat = chatIn(change, 1, deps)
	const read = readers[change.index[0]!]?.(change)
	if (!chat || !read) return []
	const { chatStates, messages } = deps.state
	const before = chatStates.of(chat)
	const isNews = isChange(before, read.set)
	const changes = chatStates.set(chat, { ...read.set, jid: change.index[1]! })
	if (read.set.marked_unread === false) changes.push(...messages.chats.markRead(chat.id))
	if (!isNews) return changes.length ? [{ changes }] : []
	const by = deps.me()
	const timestamp = unixSeconds(change.value.timestamp)
	const data = { chat, by, from_me: true, timestamp, ...read.told }
	return [{ event: { type: 'chat.updated', data }, changes }]
}

function isChange(before: ChatState, set: Partial<ChatState>): boolean {
	const fields = Object.keys(set) as (keyof ChatState)[]
	return fields.some((field) =>
		field === 'pinned_at' ? !before[field] !== !set[field] : before[field] !== set[field],
	)
}
