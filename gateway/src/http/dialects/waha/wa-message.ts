import type { Identity } from '../../../events/identity.ts'
import type { RawMessage } from '../../../events/raw-message.ts'
import { plainMessage } from '../../../session/receive/raw-message.ts'
import type { Stage } from '../../../session/state/messages.ts'
import { ackOf } from './ack.ts'
import { chatIdOf, chatIdOfJid } from './chat-id.ts'
import {
	bodyOf,
	contextIn,
	fileIn,
	locationIn,
	unwrapped,
	vCardsIn,
	type Content,
} from './content.ts'
import { serializedId } from './message-id.ts'

/** What a message object is made of. */
export type MessageFacts = {
	id: string
	chat: Identity
	/** Its author; null if that is not known. Of an own message the account. */
	sender: Identity | null
	fromMe: boolean
	/** Unix time in seconds. */
	timestamp: number
	message: RawMessage['message']
	/** Whether it was sent through this server. */
	isOurs: boolean
	stage: Stage
	/** The account of the session. */
	account: Identity | null
	/** Where its file is to be had, if it has one. */
	mediaUrl?: string | undefined
	/** Who wrote the message that it answers, if that is known better than the message says. */
	quotedSender?: Identity | null | undefined
}

export type WaMessage = ReturnType<typeof waMessage>

/** The object that WAHA has for a message: in answers, in events and in lists. */
export function waMessage(facts: MessageFacts) {
	const { id, chat, sender, fromMe, timestamp, account } = facts
	const raw = rawMessage(facts)
	const content = unwrapped(raw.message)
	const location = locationIn(content)
	const vCards = vCardsIn(content)
	const from = chatIdOf(chat)
	const participant = hasAuthors(chat) && sender ? chatIdOf(sender) : undefined
	return {
		id: serializedId({ fromMe, chat: from, id, participant }),
		timestamp,
		from,
		fromMe,
		source: facts.isOurs ? ('api' as const) : ('app' as const),
		to: fromMe || hasAuthors(chat) ? from : account && chatIdOf(account),
		participant: participant ?? null,
		body: bodyOf(content),
		...fileFacts(content, facts),
		...ackOf(facts.stage),
		...(location && { location }),
		...(vCards && { vCards }),
		replyTo: replyIn(content, facts),
		_data: raw,
	}
}

/** The raw message of Baileys, with the names that templates read. */
function rawMessage(facts: MessageFacts) {
	const { sender, fromMe, timestamp, message, stage } = facts
	const pushName = (!fromMe && sender?.name) || undefined
	return {
		key: messageKey(facts),
		message: plainMessage(message),
		messageTimestamp: timestamp,
		status: ackOf(stage).ack + 1,
		...(pushName && { pushName, notifyName: pushName }),
	}
}

/** How Baileys names a message: people by phone number wherever it is known, with the LID beside it. */
export function messageKey({
	id,
	chat,
	sender,
	fromMe,
}: Pick<MessageFacts, 'id' | 'chat' | 'sender' | 'fromMe'>) {
	const author = hasAuthors(chat) && sender ? sender : undefined
	return {
		remoteJid: chat.id,
		fromMe,
		id,
		...(chat.phone && chat.lid && { remoteJidAlt: chat.lid }),
		...(author && { participant: author.id }),
		...(author?.phone && author.lid && { participantAlt: author.lid }),
	}
}

/** Whether a chat is one of many people: groups and statuses. */
const hasAuthors = ({ id }: Identity) => id.endsWith('@g.us') || id.endsWith('@broadcast')

function fileFacts(content: Content, { mediaUrl }: MessageFacts) {
	const file = fileIn(content)
	if (!file) return { hasMedia: false, media: null }
	const media = {
		url: mediaUrl ?? null,
		mimetype: file.mimetype ?? null,
		filename: file.fileName ?? null,
	}
	return { hasMedia: true, media: mediaUrl ? media : null, mediaUrl }
}

function replyIn(content: Content, { quotedSender }: MessageFacts) {
	const context = contextIn(content)
	if (!context?.stanzaId) return null
	const { stanzaId: id, participant, quotedMessage } = context
	const author = quotedSender ? chatIdOf(quotedSender) : participant && chatIdOfJid(participant)
	const quoted = quotedMessage ? unwrapped(quotedMessage) : {}
	return {
		id,
		participant: author ?? null,
		body: bodyOf(quoted),
		hasMedia: fileIn(quoted) !== undefined,
		media: null,
		_data: quotedMessage ?? null,
	}
}
