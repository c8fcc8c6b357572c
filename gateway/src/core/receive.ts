import {
	jidNormalizedUser,
	normalizeMessageContent,
	toNumber,
	type BaileysEventMap,
	type proto,
	type WAMessage,
} from '@whiskeysockets/baileys'
import type { Happening } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import { readContent } from '../messages/index.ts'
import { identityOf } from './identity.ts'
import type { MessageLog, Stage } from './message-log.ts'

export type Receiver = {
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	messages: MessageLog
}

// Bookkeeping between devices, and things that have (or will have) an event of their own.
const notMessages = [
	'protocolMessage',
	'reactionMessage',
	'pollUpdateMessage',
	'keepInChatMessage',
] as const

/**
 * What a batch of messages means to the outside world: one happening per message that somebody wrote.
 * `append` is as live as `notify`: it is what was sent while we were away.
 */
export function happeningsOf(
	{ messages }: BaileysEventMap['messages.upsert'],
	receiver: Receiver,
): Happening[] {
	return messages.flatMap((message) => happeningOf(message, receiver) ?? [])
}

function happeningOf(message: WAMessage, receiver: Receiver): Happening | undefined {
	const { id, remoteJid, fromMe, participant } = message.key
	const content = contentOf(message)
	if (!id || !remoteJid || !content) return
	if (!receiver.messages.firstSight(remoteJid, participant ?? '', id)) return
	const data = describe(message, content, receiver)
	const { type } = data
	receiver.messages.add(
		{ message_id: id, to: data.chat.id, type, from_me: !!fromMe, message },
		'delivered',
	)
	return { type: fromMe ? 'message.sent' : 'message.received', data }
}

function contentOf({ message }: WAMessage): proto.IMessage | undefined {
	const content = normalizeMessageContent(message)
	if (!content || notMessages.some((name) => content[name])) return
	const { senderKeyDistributionMessage: _, messageContextInfo: __, ...said } = content
	return Object.keys(said).length > 0 ? said : undefined
}

function describe(message: WAMessage, content: proto.IMessage, receiver: Receiver) {
	const { key, pushName, messageTimestamp } = message
	return {
		message_id: key.id!,
		...readContent(content),
		chat: chatOf(message, receiver),
		sender: senderOf(message, receiver),
		from_me: key.fromMe === true,
		timestamp: messageTimestamp ? toNumber(messageTimestamp) : Math.floor(Date.now() / 1000),
		reply_to: repliedTo(content),
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

function repliedTo(content: proto.IMessage): string | null {
	for (const part of Object.values(content) as { contextInfo?: proto.IContextInfo }[]) {
		if (part?.contextInfo?.stanzaId) return part.contextInfo.stanzaId
	}
	return null
}

// proto.WebMessageInfo.Status
const stageOfStatus: Record<number, Stage> = { 3: 'delivered', 4: 'read', 5: 'played' }

/** Notes how far messages that we sent have got. */
export function noteProgress(
	updates: BaileysEventMap['messages.update'],
	messages: MessageLog,
): void {
	for (const { key, update } of updates) {
		const stage = stageOfStatus[update.status ?? 0]
		if (key.id && key.fromMe && stage) messages.reached(key.id, stage)
	}
}
