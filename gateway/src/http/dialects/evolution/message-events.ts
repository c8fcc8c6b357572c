import type { GatewayEvent } from '../../../events/index.ts'
import type { Identity } from '../../../events/identity.ts'
import type { RawMessage } from '../../../events/raw-message.ts'
import type { RenderContext } from '../../../delivery/formats.ts'
import { isSame } from '../../../session/identity.ts'
import type { EventOf } from '../dialect.ts'
import type { LooseJson } from '../loose-json.ts'
import { contentOf } from './content.ts'
import { instanceIdOf } from './instance-ids.ts'
import { messageKey, messageObject } from './message-object.ts'
import { rawContent, type MessageData } from '../raw-content.ts'
import type { EvolutionEvent } from './told.ts'

type MessageEvent = EventOf<
	'message.received' | 'message.sent' | 'status.received' | 'channel.message' | 'message.outgoing'
>

/** A message that came, or that another device of the account has sent. */
export const arrived = (event: MessageEvent): EvolutionEvent => ({
	name: 'messages.upsert',
	data: withLink(objectOf(event.session, event.data, event.raw), event.data),
	file: fileIn(event.data),
})

/** What the API has sent: a message, an edit or a deletion. */
export function sent(event: MessageEvent): EvolutionEvent {
	const { session, data, raw } = event
	// As the answer to the send has it, which names no author.
	const told = objectOf(session, data, raw, { hasAuthor: false })
	const object = { ...told, status: 'PENDING' as const }
	const protocol = object.message.protocolMessage
	if (protocol?.editedMessage)
		return { name: 'send.message.update', data: protocolOf(protocol, data) }
	if (protocol?.key && data.type === 'revoke')
		return { name: 'messages.delete', data: deletedOf(object) }
	return { name: 'send.message', data: withLink(object, data), file: fileIn(data) }
}

function deletedOf({ key, contextInfo: _, ...message }: ReturnType<typeof objectOf>) {
	const { id } = message.message.protocolMessage.key
	const participant = key.participant ?? null
	return { ...message, id, key: { ...key, id }, participant, status: 'DELETED' }
}

const fileIn = ({ message_id, media }: MessageData) =>
	media ? { messageId: message_id } : undefined

/** The link to its file stands where Evolution has that of its store. */
function withLink<Told extends { message: object }>(object: Told, { media }: MessageData) {
	const { url: mediaUrl } = media ?? {}
	return mediaUrl ? { ...object, message: { ...object.message, mediaUrl } } : object
}

function objectOf(
	session: string,
	data: MessageData,
	raw: RawMessage | undefined,
	{ hasAuthor = true } = {},
) {
	return messageObject({
		...{
			session,
			id: data.message_id,
			chat: data.chat,
			sender: hasAuthor ? data.sender : undefined,
		},
		...{ fromMe: data.from_me, timestamp: data.timestamp },
		message: rawContent(data, raw),
	})
}

/** What the phone tells of earlier chats. */
export const history = ({ session, data }: EventOf<'history.messages'>): EvolutionEvent => ({
	name: 'messages.set',
	data: data.messages.map((message) => objectOf(session, message, undefined)),
	extras: { isLatest: false, progress: null },
})

export function edited({ data, raw }: EventOf<'message.edited'>): EvolutionEvent {
	const protocol = raw && contentOf(raw.message).message.protocolMessage
	const editedMessage = { editedMessage: rawContent(data, undefined) }
	return { name: 'messages.edited', data: protocolOf(protocol ?? editedMessage, data) }
}

function protocolOf(protocol: LooseJson, data: MessageData) {
	const { chat, sender, from_me: fromMe, message_id, timestamp } = data
	const id = protocol.key?.id ?? message_id
	return {
		...protocol,
		key: messageKey({ chat, sender, fromMe, id }),
		editedMessage: contentOf(protocol.editedMessage ?? {}).message,
		timestampMs: protocol.timestampMs ?? timestamp * 1000,
	}
}

export function deleted(
	{ data }: EventOf<'message.deleted'>,
	{ account }: RenderContext,
): EvolutionEvent {
	const { message_id: id, chat, author, from_me } = data
	const fromMe = author && account ? isSame(author, account) : from_me
	const key = messageKey({ chat, sender: author ?? data.sender, fromMe, id })
	const protocol = { key, type: REVOKE, timestampMs: data.timestamp * 1000 }
	return {
		name: 'messages.delete',
		data: { ...key, status: 'DELETED' },
		others: [{ name: 'messages.edited', data: protocol }],
	}
}

// ProtocolMessage.Type
const REVOKE = 0

type AboutMessage = {
	message_id: string
	chat: Identity
	sender: Identity
	from_me: boolean
	timestamp: number
}

/** What is a message of its own in Evolution: a reaction, a vote, a pin. Its own id is in the raw message alone. */
function asMessage(event: GatewayEvent, about: AboutMessage, made: RawMessage['message']) {
	const { session, raw } = event
	const { chat, sender, from_me: fromMe, timestamp } = about
	return messageObject({
		...{ session, chat, sender, fromMe, timestamp },
		id: typeof raw?.key.id === 'string' ? raw.key.id : event.id,
		message: raw?.message ?? made,
	})
}

/** How a message is named within another one. */
const targetKey = ({ chat, message_id: id }: AboutMessage) => ({ remoteJid: chat.id, id })

export const reacted = (event: EventOf<'message.reaction'>): EvolutionEvent => ({
	name: 'messages.upsert',
	data: asMessage(event, event.data, {
		reactionMessage: { key: targetKey(event.data), text: event.data.emoji ?? '' },
	}),
})

export const pinned = (event: EventOf<'message.pinned'>): EvolutionEvent => ({
	name: 'messages.upsert',
	data: asMessage(event, event.data, { pinInChatMessage: { key: targetKey(event.data) } }),
})

/** A vote, with what was chosen in clear. */
export function voted(event: EventOf<'poll.vote'>): EvolutionEvent {
	const { options, totals, sender } = event.data
	const key = targetKey(event.data)
	const object = asMessage(event, event.data, {
		pollUpdateMessage: { pollCreationMessageKey: key },
	})
	const selectedOptions = options ?? []
	const isChosen = (name: string) => selectedOptions.includes(name)
	const names = totals?.map(({ option }) => option) ?? selectedOptions
	const { pollUpdateMessage } = object.message
	const pollUpdates = names.map((name) => ({ name, voters: isChosen(name) ? [sender.id] : [] }))
	return {
		name: 'messages.upsert',
		data: {
			...object,
			message: {
				...object.message,
				pollUpdateMessage: { ...pollUpdateMessage, vote: { selectedOptions } },
			},
			pollUpdates,
		},
		others: [
			{
				name: 'messages.update',
				data: {
					...{ keyId: event.data.message_id, remoteJid: event.data.chat.id },
					...{ pollUpdates, instanceId: instanceIdOf(event.session) },
					messageId: event.data.message_id,
				},
			},
		],
	}
}

const statuses = {
	sent: 'SERVER_ACK',
	delivered: 'DELIVERY_ACK',
	read: 'READ',
	played: 'PLAYED',
	failed: 'ERROR',
} as const

/** How far a message of the account has got. */
export function reached({ session, data }: EventOf<'message.status'>): EvolutionEvent {
	const { message_id: keyId, chat, by, status } = data
	const isPerson = chat.phone !== null || chat.lid !== null
	return {
		name: 'messages.update',
		data: {
			...{ keyId, remoteJid: chat.id, fromMe: true },
			...(by && !isPerson && { participant: by.id }),
			status: statuses[status],
			...{ instanceId: instanceIdOf(session), messageId: keyId },
		},
	}
}
