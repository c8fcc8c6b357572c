import { isJidGroup, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import { quoteOf } from '../../messages/context.ts'
import type { MessageStore } from '../state/messages.ts'

type Chat = {
	/** Its jid. */
	jid: string
	/** A person's jid there. */
	called(jid: string): string
	/** Our own jid. */
	me: string
}

/**
 * The quote of an earlier message, to be put into the context of its answer. Of one that nobody remembers the
 * id is enough: who has it sees it.
 */
export async function quoteFrom(
	messages: MessageStore,
	messageId: string,
	{ jid: chat, called, me }: Chat,
): Promise<proto.IContextInfo> {
	const [record, stored] = await Promise.all([messages.get(messageId), messages.content(messageId)])
	const author = record?.from_me ? me : (stored?.sender ?? (isJidGroup(chat) ? undefined : chat))
	return quoteOf(messageId, stored?.message, author && called(jidNormalizedUser(author)))
}
