import { isJidGroup, type proto } from '@whiskeysockets/baileys'
import { jidAs } from '../../chat-addressing.ts'
import type { SessionDeps } from '../../session-deps.ts'
import type { KnownChat } from './find-chat.ts'

/**
 * The newest message of a chat, which clients name when they archive it or mark it: a later message undoes that on other
 * devices. Without a known one, the time alone. Baileys' own list of messages loses the times.
 */
function messageRangeOf(
	{ messages, otherName }: SessionDeps,
	{ identity, jid }: KnownChat,
): proto.SyncActionValue.ISyncActionMessageRange {
	const last = messages.chats.of(identity.id)?.last
	if (!last) return { lastMessageTimestamp: Math.floor(Date.now() / 1000) }
	const { message_id: id, from_me: fromMe, sender, at: timestamp } = last
	const participant = isJidGroup(jid) && !fromMe && sender ? { participant: sender } : {}
	const remoteJid = jid.endsWith('@lid') ? jidAs(jid, 'lid', otherName) : jid
	const key = { remoteJid, id, fromMe, ...participant }
	return { lastMessageTimestamp: timestamp, messages: [{ key, timestamp }] }
}

/** The same in the form that Baileys passes on as it is; its types know the list only. */
export const lastMessagesOf = (deps: SessionDeps, chat: KnownChat) =>
	messageRangeOf(deps, chat) as unknown as never[]
