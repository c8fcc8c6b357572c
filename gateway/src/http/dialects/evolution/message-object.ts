import type { Identity } from '../../../events/identity.ts'
import type { RawMessage } from '../../../events/raw-message.ts'
import { contentOf } from './content.ts'
import { instanceIdOf } from './instance-ids.ts'

/** How a message is named: people by phone number wherever it is known, with the LID beside it. */
export type MessageKey = {
	remoteJid: string
	fromMe: boolean
	id: string
	participant?: string
	remoteJidAlt?: string
	participantAlt?: string
	addressingMode?: 'pn' | 'lid'
}

export type MessageStatus =
	'ERROR' | 'PENDING' | 'SERVER_ACK' | 'DELIVERY_ACK' | 'READ' | 'PLAYED' | 'DELETED'

/** What a message object is made of. */
export type MessageFacts = {
	/** The id of the session. */
	session: string
	id: string
	chat: Identity
	/** Its author; undefined for one that the account has just sent. */
	sender?: Identity | undefined
	fromMe: boolean
	/** Unix time in seconds. */
	timestamp: number
	message: RawMessage['message']
	status?: MessageStatus | undefined
}

/** What the account is called beside its own messages. */
const OWN_NAME = 'Você'

/** The object that Evolution has for a message: in answers to sends, in events and in lists. */
export function messageObject(facts: MessageFacts) {
	const { session, id, fromMe, timestamp, message, status } = facts
	const content = contentOf(message)
	return {
		key: messageKey(facts),
		pushName: pushNameOf(facts),
		status: status ?? (fromMe ? 'SERVER_ACK' : 'DELIVERY_ACK'),
		...content,
		messageTimestamp: timestamp,
		instanceId: instanceIdOf(session),
		source: sourceOf(id),
	}
}

export function messageKey({
	chat,
	sender,
	fromMe,
	id,
}: Pick<MessageFacts, 'chat' | 'sender' | 'fromMe' | 'id'>): MessageKey {
	const isPerson = chat.phone !== null || chat.lid !== null
	const author = isPerson ? undefined : sender
	return {
		remoteJid: chat.id,
		fromMe,
		id,
		...(author && author.id !== chat.id && { participant: author.id }),
		...(chat.phone && chat.lid && { remoteJidAlt: chat.lid }),
		...(author?.phone && author.lid && { participantAlt: author.lid }),
		...addressing(isPerson ? chat : author),
	}
}

function addressing(person: Identity | undefined): Pick<MessageKey, 'addressingMode'> {
	if (!person?.phone && !person?.lid) return {}
	return { addressingMode: person.phone ? 'pn' : 'lid' }
}

function pushNameOf({ fromMe, sender }: MessageFacts): string | null {
	return fromMe ? OWN_NAME : (sender?.name ?? sender?.phone ?? null)
}

/** What sent a message, as far as its id tells: each kind of client makes ids of its own form. */
export function sourceOf(id: string): 'android' | 'ios' | 'web' | 'desktop' | 'unknown' {
	if (/^3A.{18}$/.test(id)) return 'ios'
	if (/^3E.{20}$/.test(id)) return 'web'
	if (id.length === 21 || id.length === 32) return 'android'
	return id.length === 18 || id.startsWith('3F') ? 'desktop' : 'unknown'
}
