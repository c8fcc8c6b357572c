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
import type { Change } from '../storage/driver.ts'
import type { MessageStore, Stage } from './message-store.ts'

export type Receiver = {
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	messages: MessageStore
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
