import type { WAMessageKey } from '@whiskeysockets/baileys'
import { addressingIn, hasManyAuthors } from '../../chat-addressing.ts'
import type { SessionDeps } from '../../session-deps.ts'
import type { KnownChat } from './find-chat.ts'

/** The keys of a chat's newest unread messages, as read receipts name them. */
export async function unreadKeysOf(
	deps: SessionDeps,
	{ identity, jid }: KnownChat,
	most: number,
): Promise<WAMessageKey[]> {
	const { messages } = deps
	const limit = Math.min(most, messages.chats.of(identity.id)?.unread ?? 0)
	if (limit === 0) return []
	const { entries } = await messages.chats.page(identity.id, { limit, from_me: false })
	const called = await addressingIn(jid, deps)
	const keys = entries.map(async ({ message_id: id }): Promise<WAMessageKey[]> => {
		if (!hasManyAuthors(jid)) return [{ remoteJid: called(jid), id, fromMe: false }]
		const participant = (await messages.content(id))?.sender
		return participant ? [{ remoteJid: jid, id, fromMe: false, participant }] : []
	})
	return (await Promise.all(keys)).flat()
}
