import { toNumber, type WAMessage, type WAMessageKey } from '@whiskeysockets/baileys'
import type { Identity } from '../../events/identity.ts'
import { readChannelPost } from '../../messages/channel-post.ts'
import { contextOf, type Context } from '../../messages/context.ts'
import { readFacts } from '../../messages/facts/index.ts'
import { factsOf, fileOf } from '../../messages/media-node.ts'
import { readContent } from '../../messages/index.ts'
import { unwrap, type Unwrapped } from '../../messages/wrappers.ts'
import { identityOf } from '../identity.ts'
import type { ChatTimers } from '../state/chat-timers.ts'
import type { MessageStore } from '../state/messages.ts'
import type { Undecryptable } from '../state/undecryptable.ts'
import type { Votes } from '../state/votes.ts'

export type PeopleDeps = {
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
}

export type ReceiveDeps = PeopleDeps & {
	messages: MessageStore
	votes: Votes
	timers: ChatTimers
	undecryptable: Undecryptable
	/** The signed link to the file of a message. */
	mediaUrl(messageId: string): string
}

/** The fields that events have of a message. @param message in its canonical form */
export function describeMessage(
	message: WAMessage,
	{ content, viewOnce }: Unwrapped,
	deps: ReceiveDeps,
) {
	const { key } = message
	const context = contextOf(content)
	const found = fileOf(content)
	return {
		message_id: key.id!,
		...readContent(content),
		...(found && { media: { ...factsOf(found.file), url: deps.mediaUrl(key.id!) } }),
		...originOf(message, deps),
		reply_to: context.quoted?.stanzaId ?? null,
		...contextFields(context, deps),
		...readFacts(content, (jid) => identityOf(jid, deps.otherName)),
		...(viewOnce && { view_once: true }),
		...(message.broadcast && { broadcast: true }),
	}
}

/** The chat, the sender and the time of a message or of an action on one. */
export function originOf(message: WAMessage, deps: PeopleDeps) {
	const { key, pushName, messageTimestamp } = message
	return {
		chat: chatOf(message, deps),
		sender: senderOf(message, deps),
		from_me: key.fromMe === true,
		timestamp: messageTimestamp ? toNumber(messageTimestamp) : Math.floor(Date.now() / 1000),
	}

	function chatOf({ key }: WAMessage, { otherName }: PeopleDeps): Identity {
		const name = key.participant || key.fromMe ? null : pushName
		return identityOf(key.remoteJid!, otherName, { alt: key.remoteJidAlt, name })
	}

	function senderOf({ key }: WAMessage, { me, otherName }: PeopleDeps): Identity {
		const own = key.fromMe ? me() : null
		if (own) return own
		const [jid, alt] = key.participant
			? [key.participant, key.participantAlt ?? key.remoteJidAlt]
			: [key.remoteJid!, key.remoteJidAlt]
		const { participantUsername: username } = key as WAMessageKey
		const sender = identityOf(jid, otherName, { alt, name: pushName })
		return username ? { ...sender, username } : sender
	}
}

/** Fields that are set only where they apply. */
function contextFields(context: Context, { otherName }: ReceiveDeps) {
	const { quoted, mentions, mentionAll, expiration, forwards, channelPost } = context
	const person = (jid: string) => identityOf(jid, otherName)
	return {
		...(quoted && { quoted: quotedOf(quoted, person) }),
		...(mentions && { mentions: mentions.map(person) }),
		...(mentionAll && { mention_all: true }),
		...(expiration && { expiration }),
		...(forwards && { forwarded: true, forwards }),
		...(channelPost && { forwarded_from: readChannelPost(channelPost) }),
	}
}

function quotedOf(quoted: NonNullable<Context['quoted']>, person: (jid: string) => Identity) {
	const { type, text } = readContent(unwrap(quoted.quotedMessage ?? {}).content)
	return {
		sender: quoted.participant ? person(quoted.participant) : null,
		type,
		text,
		// Of an answer to a status, or one in private to what was said in a group.
		...(quoted.remoteJid && { chat: person(quoted.remoteJid) }),
		...(quoted.quotedType === AUTO && { auto: true }),
	}
}

const AUTO = 1 // ContextInfo.QuotedType
