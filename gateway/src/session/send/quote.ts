import { isJidGroup, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import type { Envelope, GivenQuote } from '../../messages/envelope.ts'
import { quoteOf } from '../../messages/context.ts'
import { givenMessage } from '../given-message.ts'
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
 * The quote of the message that a request answers, if it answers one.
 * @throws GatewayError invalid_request for a given message that is none
 */
export async function quoteIn(
	{ reply_to: id, quoted }: Pick<Envelope, 'reply_to' | 'quoted'>,
	messages: MessageStore,
	chat: Chat,
): Promise<proto.IContextInfo | undefined> {
	if (quoted) return quoteOfGiven(quoted, chat)
	return id === undefined ? undefined : quoteFrom(messages, id, chat)
}

function quoteOfGiven({ id, message, from_me: isOurs, participant }: GivenQuote, chat: Chat) {
	const author = isOurs ? chat.me : (participant ?? (isJidGroup(chat.jid) ? undefined : chat.jid))
	return quoteOf(
		id,
		givenMessage(message, 'quoted'),
		author && chat.called(jidNormalizedUser(author)),
	)
}

/**
 * The quote of an earlier message, to be put into the context of its answer. Of one that nobody remembers the
 * id is enough: who has it sees it.
 */
async function quoteFrom(
	messages: MessageStore,
	messageId: string,
	{ jid: chat, called, me }: Chat,
): Promise<proto.IContextInfo> {
	const [record, stored] = await Promise.all([messages.get(messageId), messages.content(messageId)])
	const author = record?.from_me ? me : (stored?.sender ?? (isJidGroup(chat) ? undefined : chat))
	return quoteOf(messageId, stored?.message, author && called(jidNormalizedUser(author)))
}
