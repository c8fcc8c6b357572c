import type { GatewayEvent } from '../../../../events/index.ts'
import type { EventOf, RenderContext } from '../../dialect.ts'
import { rawContent, type MessageData } from '../../raw-content.ts'
import { waMessage, type WaMessage } from '../wa-message.ts'
import type { Told } from './told.ts'

/** The events that carry a message, with all that they say. */
export type MessageEvent = EventOf<
	| 'message.received'
	| 'message.sent'
	| 'message.outgoing'
	| 'status.received'
	| 'channel.message'
	| 'message.edited'
>

/** What a webhook for all messages is told. */
export const anyMessageTypes: GatewayEvent['type'][] = [
	'message.received',
	'message.sent',
	'message.outgoing',
	'status.received',
	'channel.message',
]

/** What is done to other messages is no message. */
const acts = [
	'reactionMessage',
	'encReactionMessage',
	'protocolMessage',
	'editedMessage',
	'pollUpdateMessage',
	'encEventResponseMessage',
	'pinInChatMessage',
	'keepInChatMessage',
]

/** A message of an event. */
export function messageOf(event: MessageEvent, { account }: RenderContext): WaMessage {
	const { message_id: id, chat, sender, from_me, timestamp, media, quoted } = event.data
	return waMessage({
		...{ id, chat, sender, timestamp, account, fromMe: from_me },
		message: rawContent(event.data as MessageData, event.raw),
		isOurs: event.type === 'message.outgoing',
		stage: from_me ? 'sent' : 'delivered',
		mediaUrl: media?.url,
		quotedSender: quoted?.sender,
	})
}

/** `message.any`: what comes, and what the account sends from anywhere. */
export function anyMessage(event: GatewayEvent, context: RenderContext): Told | undefined {
	if (!anyMessageTypes.includes(event.type)) return undefined
	const message = event as MessageEvent
	const content = message.raw?.message ?? {}
	if (acts.some((name) => content[name] != null)) return undefined
	return { name: 'message.any', payload: messageOf(message, context) }
}

/** `message`: what comes, and nothing of the account's own. */
export function incoming(event: MessageEvent, context: RenderContext): Told | undefined {
	if (event.data.from_me) return undefined
	return { name: 'message', payload: messageOf(event, context) }
}

/** `message.edited`, with what it says now. */
export function edited(event: EventOf<'message.edited'>, context: RenderContext): Told {
	const { message_id: editedMessageId, text, from_me } = event.data
	const ownId = event.raw?.key.id
	const data = { ...event.data, message_id: typeof ownId === 'string' ? ownId : editedMessageId }
	const message = messageOf({ ...event, data }, context)
	return {
		name: 'message.edited',
		payload: { ...message, body: text, fromMe: from_me, editedMessageId },
	}
}
