import {
	jidNormalizedUser,
	toNumber,
	type proto,
	type BaileysEventMap,
	type WAMessage,
} from '@whiskeysockets/baileys'
import type { Happening } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import { readChannelPost } from '../messages/channel-post.ts'
import { contextOf, type Context } from '../messages/context.ts'
import { factsOf, fileOf } from '../messages/file.ts'
import { readContent } from '../messages/index.ts'
import { kindOf, unwrap, type Unwrapped } from '../messages/wrappers.ts'
import { identityOf } from './identity.ts'
import type { Change } from '../storage/driver.ts'
import type { MessageStore, Stage } from './message-store.ts'

export type Receiver = {
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	messages: MessageStore
	/** Where the file of a message can be got. */
	mediaUrl(messageId: string): string
}

/** What a message means to the outside world, and what has to be kept of it. */
export type Understood = { happening: Happening; changes: Change[] }

// Bookkeeping between devices, and things that have (or will have) an event of their own.
const notMessages = [
	'protocolMessage',
	'reactionMessage',
	'pollUpdateMessage',
	'keepInChatMessage',
] as const

/**
 * Reads a message that somebody wrote; undefined for bookkeeping, and for what was seen before. What was
 * sent while we were away is as live as what comes now.
 */
export function readMessage(message: WAMessage, receiver: Receiver): Understood | undefined {
	const { id, remoteJid, fromMe, participant } = message.key
	const content = contentOf(message)
	if (!id || !remoteJid || !content) return
	const sight = receiver.messages.firstSight(remoteJid, participant ?? '', id)
	if (!sight) return
	const data = describe(message, content, receiver)
	const kept = receiver.messages.keep({
		message_id: id,
		to: data.chat.id,
		type: data.type,
		from_me: !!fromMe,
		content: message.message!,
		sender: participant ?? undefined,
	})
	const happening: Happening = { type: fromMe ? 'message.sent' : 'message.received', data }
	return { happening, changes: [sight, ...kept] }
}

function contentOf({ message }: WAMessage): Unwrapped | undefined {
	const unwrapped = unwrap(message ?? {})
	const kind = kindOf(unwrapped.content)
	return kind && !isBookkeeping(kind, unwrapped.content) ? unwrapped : undefined
}

// Some of it is said by people nevertheless, and has a type.
const isBookkeeping = (kind: string, content: proto.IMessage) =>
	notMessages.includes(kind as never) && readContent(content).type === 'unknown'

function describe(message: WAMessage, { content, viewOnce }: Unwrapped, receiver: Receiver) {
	const { key, pushName, messageTimestamp } = message
	const context = contextOf(content)
	const found = fileOf(content)
	return {
		message_id: key.id!,
		...readContent(content),
		...(found && { media: { ...factsOf(found.file), url: receiver.mediaUrl(key.id!) } }),
		chat: chatOf(message, receiver),
		sender: senderOf(message, receiver),
		from_me: key.fromMe === true,
		timestamp: messageTimestamp ? toNumber(messageTimestamp) : Math.floor(Date.now() / 1000),
		reply_to: context.quoted?.stanzaId ?? null,
		...circumstances(context, receiver),
		...(viewOnce && { view_once: true }),
	}

	function chatOf({ key }: WAMessage, { otherName }: Receiver): Identity {
		const name = key.participant || key.fromMe ? null : pushName
		return identityOf(jidNormalizedUser(key.remoteJid!), otherName, { alt: key.remoteJidAlt, name })
	}

	function senderOf({ key }: WAMessage, { me, otherName }: Receiver): Identity {
		const own = key.fromMe ? me() : null
		if (own) return own
		const [jid, alt] = key.participant
			? [key.participant, key.participantAlt]
			: [key.remoteJid!, key.remoteJidAlt]
		return identityOf(jidNormalizedUser(jid), otherName, { alt, name: pushName })
	}
}

/** What is said only where it is so. */
function circumstances(context: Context, { otherName }: Receiver) {
	const { quoted, mentions, mentionAll, expiration, forwards, channelPost } = context
	const person = (jid: string) => identityOf(jidNormalizedUser(jid), otherName)
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
	return { sender: quoted.participant ? person(quoted.participant) : null, type, text }
}

// proto.WebMessageInfo.Status
const stageOfStatus: Record<number, Stage> = { 3: 'delivered', 4: 'read', 5: 'played' }

/** How far messages that we sent have got: the changes that note it. */
export async function progressOf(
	updates: BaileysEventMap['messages.update'],
	messages: MessageStore,
): Promise<Change[]> {
	const changes: Change[] = []
	for (const { key, update } of updates) {
		const stage = stageOfStatus[update.status ?? 0]
		if (key.id && key.fromMe && stage) changes.push(...(await messages.reached(key.id, stage)))
	}
	return changes
}
