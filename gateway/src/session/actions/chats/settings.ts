import { chatModificationToAppPatch, type WAPatchCreate } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeShared } from '../change-shared.ts'
import { findChat, type KnownChat } from './find-chat.ts'
import { lastMessagesOf } from './message-range.ts'
import { unreadKeysOf } from './unread-keys.ts'

/** Phones show so many at the top of their list. */
const MOST_PINNED = 3

/** `until` as milliseconds since 1970, since that is what WhatsApp's `mute` means. */
const FOREVER_MS = -1

type Modification = Parameters<typeof chatModificationToAppPatch>[0]
type Modify = (chat: KnownChat, deps: SessionDeps) => Modification[]

/** A change that all devices of the account follow. */
const change =
	(modify: Modify) =>
	async (deps: SessionDeps, jid: string): Promise<void> => {
		const chat = await findChat(deps, jid)
		await changeShared(deps, patchesOf(modify(chat, deps), chat))
	}

const patchesOf = (modifications: Modification[], { jid }: KnownChat): WAPatchCreate[] =>
	modifications.map((each) => chatModificationToAppPatch(each, jid))

/** Archives a chat. An archived one is not pinned. */
export const archiveChat = change((chat, deps) => {
	const isPinned = deps.state.chatStates.of(chat.identity).pinned_at !== null
	const archive = { archive: true, lastMessages: lastMessagesOf(deps, chat) }
	return [archive, ...(isPinned ? [{ pin: false }] : [])]
})

export const unarchiveChat = change((chat, deps) => [
	{ archive: false, lastMessages: lastMessagesOf(deps, chat) },
])

export const unmuteChat = change(() => [{ mute: null }])

export const unpinChat = change(() => [{ pin: false }])

export const markChatUnread = change((chat, deps) => [
	{ markRead: false, lastMessages: lastMessagesOf(deps, chat) },
])

/** @param until Unix time in seconds; undefined for ever */
export const muteChat = (deps: SessionDeps, jid: string, until?: number) =>
	change(() => [{ mute: until === undefined ? FOREVER_MS : until * SECOND_MS }])(deps, jid)

/** @throws GatewayError whatsapp_limit_reached if as many others are pinned as phones show */
export const pinChat = change((chat, { state: { chatStates } }) => {
	const isPinned = chatStates.of(chat.identity).pinned_at !== null
	if (!isPinned && chatStates.pinned() >= MOST_PINNED) {
		const advice = `Phones show ${MOST_PINNED} pinned chats. Unpin another one first.`
		throw new GatewayError('whatsapp_limit_reached', advice)
	}
	return [{ pin: true }]
})

/** Marks a chat as read on all devices, and sends read receipts (blue ticks) for its newest unread messages. */
export async function markChatRead(deps: SessionDeps, jid: string, most: number): Promise<void> {
	const chat = await findChat(deps, jid)
	const keys = await unreadKeysOf(deps, chat, most)
	if (keys.length) await askWhatsApp(() => deps.socket.readMessages(keys))
	const read = { markRead: true, lastMessages: lastMessagesOf(deps, chat) }
	await changeShared(deps, patchesOf([read], chat))
}
