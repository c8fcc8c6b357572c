import type { GatewayEvent } from '../../../events/index.ts'
import type { EventOf, RenderedEvent } from '../dialect.ts'
import { hmacHex } from '../hmac.ts'
import { messageKeyOf, toWawpJid } from './ids.ts'
import { sessionStates } from './session-states.ts'

/** A Wawp event: its fields stand beside its name, not all in one field. */
type WawpEvent = { name: string; body: Record<string, unknown> }

/**
 * An event in the format of Wawp: `{event, instance_id, ts, payload}`; the status of a session stands beside `event`.
 * The signature is the hex HMAC-SHA256 of the body, as Wawp's clients verify it. Its header is not documented: here it
 * is `X-Wawp-Signature`.
 */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const rendered = wawpEventOf(event)
	if (!rendered) return undefined
	const { name, body: fields } = rendered
	const ts = Math.floor(Date.parse(event.timestamp) / 1000)
	return {
		name,
		body: { event: name, instance_id: event.session, ...fields, ts },
		headers: ({ body, secret }) => ({
			'X-Wawp-Signature': hmacHex(secret, body),
		}),
	}
}

function wawpEventOf(event: GatewayEvent): WawpEvent | undefined {
	switch (event.type) {
		case 'session.status':
			return statusEvent(sessionStates[event.data.status], null)
		case 'session.qr':
			return event.data.qr === null ? undefined : statusEvent('SCAN_QR_CODE', event.data.qr)
		case 'message.received':
		case 'channel.message':
			return withPayload('message', messagePayload(event))
		case 'message.sent':
			return withPayload('message.any', messagePayload(event))
		case 'message.edited':
			return withPayload('message.edited', messagePayload(event))
		case 'message.deleted':
			return withPayload('message.revoked', referenceTo(event))
		case 'message.reaction':
			return withPayload('message.reaction', {
				...referenceTo(event),
				reaction: { text: event.data.emoji ?? '', messageId: referenceTo(event).id },
			})
		case 'message.status':
			return ackEvent(event)
		case 'poll.vote': {
			const { poll, options } = event.data
			const name = options ? 'poll.vote' : 'poll.vote.failed'
			return withPayload(name, { ...referenceTo(event), poll, selectedOptions: options })
		}
		case 'event.response': {
			const { event: title, response } = event.data
			const name = response ? 'event.response' : 'event.response.failed'
			return withPayload(name, { ...referenceTo(event), title, response })
		}
		case 'chat.presence':
			return withPayload('presence.update', {
				id: toWawpJid(event.data.chat.id),
				participant: toWawpJid(event.data.sender.id),
				presence: event.data.presence,
				lastSeen: event.data.last_seen,
			})
		case 'call.received':
			return callEvent(event)
		case 'group.joined':
			return withPayload('group.v2.join', {
				group: { id: event.data.chat.id, subject: event.data.subject },
				participants: event.data.participants.map(({ id, admin }) => ({
					id: toWawpJid(id),
					admin,
				})),
			})
		case 'group.updated': {
			const { chat, by, ...changed } = event.data
			return withPayload('group.v2.update', {
				group: { id: chat.id, ...changed },
				by: by && toWawpJid(by.id),
			})
		}
		case 'group.participants': {
			const { chat, by, action, participants } = event.data
			return withPayload('group.v2.participants', {
				group: { id: chat.id },
				type: action,
				participants: participants.map(({ id }) => ({ id: toWawpJid(id) })),
				by: by && toWawpJid(by.id),
			})
		}
		case 'label.edited': {
			const { label_id: id, name, color, deleted } = event.data
			return withPayload(deleted ? 'label.deleted' : 'label.upsert', { id, name, color })
		}
		case 'label.assigned': {
			const { label_id: labelId, assigned, chat, message_id: messageId } = event.data
			if (messageId !== null) return undefined
			const name = assigned ? 'label.chat.added' : 'label.chat.deleted'
			return withPayload(name, { labelId, chatId: toWawpJid(chat.id) })
		}
		case 'webhook.test':
			return withPayload('webhook.test', {})
	}
	return undefined
}

const withPayload = (name: string, payload: Record<string, unknown>): WawpEvent => ({
	name,
	body: { payload },
})

const statusEvent = (status: string, qr: string | null): WawpEvent => ({
	name: 'session.status',
	body: { status, qr },
})

type MessageReference = { message_id: string; chat: { id: string }; sender: { id: string } }

function referenceTo({
	data,
}: {
	data: MessageReference & { from_me: boolean; timestamp: number }
}) {
	const { message_id, chat, sender, from_me: fromMe, timestamp } = data
	const author = chat.id.endsWith('@g.us') ? { author: toWawpJid(sender.id) } : {}
	return { id: messageKeyOf(fromMe, chat.id, message_id), timestamp, fromMe, ...author }
}

type MessageEventType = 'message.received' | 'message.sent' | 'message.edited' | 'channel.message'

function messagePayload(event: EventOf<MessageEventType>) {
	const { text, type, media, chat, from_me: fromMe, reply_to: replyTo, sender } = event.data
	return {
		...referenceTo(event),
		[fromMe ? 'to' : 'from']: toWawpJid(chat.id),
		body: text ?? '',
		type: type === 'text' ? 'chat' : type,
		hasMedia: media !== undefined,
		...(media && { media }),
		replyTo: replyTo && { id: replyTo },
		notifyName: sender.name,
	}
}

/** WhatsApp Web's numbers of the statuses. */
const acks = { failed: -1, sent: 1, delivered: 2, read: 3, played: 4 } as const
const ackNames = {
	failed: 'ERROR',
	sent: 'SERVER',
	delivered: 'DEVICE',
	read: 'READ',
	played: 'PLAYED',
}

function ackEvent({ data }: EventOf<'message.status'>): WawpEvent {
	const { message_id, chat, status, by, error, timestamp } = data
	return withPayload('message.ack', {
		id: messageKeyOf(true, chat.id, message_id),
		timestamp,
		to: toWawpJid(chat.id),
		participant: by && toWawpJid(by.id),
		fromMe: true,
		ack: acks[status],
		ackName: ackNames[status],
		...(error && { error: error.detail }),
	})
}

const callEventNames: Record<string, string> = {
	offer: 'call.received',
	accept: 'call.accepted',
	reject: 'call.rejected',
}

function callEvent({ data }: EventOf<'call.received'>): WawpEvent | undefined {
	const { call_id: id, sender, group, status, video: isVideo, timestamp } = data
	const name = callEventNames[status]
	if (!name) return undefined
	return withPayload(name, {
		id,
		from: toWawpJid(sender.id),
		isVideo,
		isGroup: group !== null,
		timestamp,
	})
}
