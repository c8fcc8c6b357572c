import { isJidGroup, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import { quoteOf } from '../../messages/context.ts'
import type { MessageStore } from '../state/messages.ts'

/**
 * The quote of an earlier message, to be put into the context of its answer. Of one that nobody remembers the
 * id is enough: who has it sees it.
 * @param chat a jid
 * @param me our own jid
 */
export async function quoteFrom(
	messages: MessageStore,
	messageId: string,
	chat: string,
	me: string,
): Promise<proto.IContextInfo> {
	const [record, stored] = await Promise.all([messages.get(messageId), messages.content(messageId)])
	const author = record?.from_me ? me : (stored?.sender ?? (isJidGroup(chat) ? undefined : chat))
	return quoteOf(messageId, stored?.message, author && jidNormalizedUser(author))
}
