import type { proto } from '@whiskeysockets/baileys'
import type { Shared } from './app-state.ts'

/** What the devices of an account share of a chat. Times are Unix seconds; those of deletions are when they were made. */
export type SharedChat = {
	chat: string
	archived: boolean
	pinned: boolean
	/** -1 for ever; null if it is not muted. */
	muted_until: number | null
	marked_unread: boolean
	locked: boolean
	labels: string[]
	cleared_at: number | null
	/** Whether the last clear took starred messages, and files, along. */
	cleared_starred: boolean
	cleared_files: boolean
	deleted_at: number | null
	/** The ids of messages that were starred, and of those that were deleted for this account alone. */
	starred: string[]
	deleted_messages: string[]
}

export type SharedLabel = {
	label_id: string
	name: string
	color: number
	/** The ids of its messages. */
	messages: string[]
}

const untouched = (chat: string): SharedChat => ({
	chat,
	archived: false,
	pinned: false,
	muted_until: null,
	marked_unread: false,
	locked: false,
	labels: [],
	cleared_at: null,
	cleared_starred: false,
	cleared_files: false,
	deleted_at: null,
	starred: [],
	deleted_messages: [],
})

type Value = proto.ISyncActionValue
type Read = (chat: SharedChat, value: Value, rest: string[]) => void

const seconds = (milliseconds: unknown) => Math.floor(Number(milliseconds ?? 0) / 1000)

/** By the first part of the index; the second is the chat, and the others are given. */
const readers: Record<string, Read> = {
	archive: (chat, { archiveChatAction: set }) => (chat.archived = set?.archived ?? false),
	pin_v1: (chat, { pinAction: set }) => (chat.pinned = set?.pinned ?? false),
	lock: (chat, { lockChatAction: set }) => (chat.locked = set?.locked ?? false),
	mute: (chat, { muteAction: set }) => (chat.muted_until = set?.muted ? mutedUntil(set) : null),
	markChatAsRead: (chat, { markChatAsReadAction: set }) =>
		(chat.marked_unread = set?.read === false),
	clearChat(chat, { timestamp }, [starred, files]) {
		const at = seconds(timestamp)
		// A clear that takes other things along has an index of its own, and stands beside this one.
		if (at < (chat.cleared_at ?? 0)) return
		Object.assign(chat, {
			cleared_at: at,
			cleared_starred: starred === '1',
			cleared_files: files === '1',
		})
	},
	deleteChat: (chat, { timestamp }) => (chat.deleted_at = seconds(timestamp)),
	star: (chat, { starAction: set }, [id = '']) => {
		if (set?.starred) chat.starred.push(id)
	},
	deleteMessageForMe: (chat, _, [id = '']) => chat.deleted_messages.push(id),
}

function mutedUntil({ muteEndTimestamp: end }: proto.SyncActionValue.IMuteAction): number {
	return Number(end ?? -1) > 0 ? seconds(end) : -1
}

/** The chats of which something is shared. @param nameOf one name for the chat of a person */
export function sharedChats(all: Shared[], nameOf: (jid: string) => string): SharedChat[] {
	const chats = new Map<string, SharedChat>()
	const chatOf = (jid: string) => {
		const chat = chats.get(nameOf(jid)) ?? untouched(nameOf(jid))
		chats.set(chat.chat, chat)
		return chat
	}
	for (const { index, value } of all) {
		const [kind = '', first = '', ...rest] = index
		if (kind === 'label_jid' && value.labelAssociationAction?.labeled)
			chatOf(rest[0] ?? '').labels.push(first)
		else readers[kind]?.(chatOf(first), value, rest)
	}
	return [...chats.values()]
}

/** The labels of a business account. */
export function sharedLabels(all: Shared[]): SharedLabel[] {
	const messagesOf = (label: string) =>
		all.filter(
			({ index: [kind, id], value }) =>
				kind === 'label_message' && id === label && value.labelAssociationAction?.labeled,
		)
	return all.flatMap(({ index: [kind, id = ''], value: { labelEditAction: set } }) =>
		kind === 'label_edit' && set && !set.deleted
			? {
					label_id: id,
					name: set.name ?? '',
					color: set.color ?? 0,
					messages: messagesOf(id).map(({ index }) => index[3] ?? ''),
				}
			: [],
	)
}
