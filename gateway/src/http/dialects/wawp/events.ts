import { createHmac } from 'node:crypto'
import type { GatewayEvent } from '../../../events/index.ts'
import type { RenderedEvent } from '../dialect.ts'
import { keyFromId, theirs } from './ids.ts'
import { states } from './session-states.ts'

type Of<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>
type Told = { name: string; body: Record<string, unknown> }

/**
 * An event as Wawp tells it: `{event, instance_id, ts, payload}`, and a session's status beside its name. The
 * signature is the hex HMAC-SHA256 of the body, as their clients check it. Which header has it is documented
 * nowhere: here it is `X-Wawp-Signature`.
 */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const told = toldOf(event)
	if (!told) return undefined
	const { name } = told
	const ts = Math.floor(Date.parse(event.timestamp) / 1000)
	return {
		name,
		body: { event: name, instance_id: event.session, ...told.body, ts },
		headers: ({ body, secret }) => ({
			'X-Wawp-Signature': createHmac('sha256', secret).update(body).digest('hex'),
		}),
	}
}

function toldOf(event: GatewayEvent): Told | undefined {
	switch (event.type) {
		case 'session.status':
			return status(states[event.data.status], null)
		case 'session.qr':
			return event.data.qr === null ? undefined : status('SCAN_QR_CODE', event.data.qr)
		case 'message.received':
		case 'channel.message':
			return payload('message', message(event))
		case 'message.sent':
			return payload('message.any', message(event))
		case 'message.edited':
			return payload('message.edited', message(event))
		case 'message.deleted':
			return payload('message.revoked', about(event))
		case 'message.reaction':
			return payload('message.reaction', {
				...about(event),
				reaction: { text: event.data.emoji ?? '', messageId: about(event).id },
			})
		case 'message.status':
			return ack(event)
		case 'poll.vote': {
			const { poll, options } = event.data
			const name = options ? 'poll.vote' : 'poll.vote.failed'
			return payload(name, { ...about(event), poll, selectedOptions: options })
		}
		case 'event.response': {
			const { event: title, response } = event.data
			const name = response ? 'event.response' : 'event.response.failed'
			return payload(name, { ...about(event), title, response })
		}
		case 'chat.presence':
			return payload('presence.update', {
				id: theirs(event.data.chat.id),
				participant: theirs(event.data.sender.id),
				presence: event.data.presence,
				lastSeen: event.data.last_seen,
			})
		case 'call.received':
			return call(event)
		case 'group.joined':
			return payload('group.v2.join', {
				group: { id: event.data.chat.id, subject: event.data.subject },
				participants: event.data.participants.map(({ id, admin }) => ({ id: theirs(id), admin })),
			})
		case 'group.updated': {
			const { chat, by, ...changed } = event.data
			return payload('group.v2.update', {
				group: { id: chat.id, ...changed },
				by: by && theirs(by.id),
			})
		}
		case 'group.participants': {
			const { chat, by, action, participants } = event.data
			return payload('group.v2.participants', {
				group: { id: chat.id },
				type: action,
				participants: participants.map(({ id }) => ({ id: theirs(id) })),
				by: by && theirs(by.id),
			})
		}
		case 'label.edited': {
			const { label_id: id, name, color, deleted } = event.data
			return payload(deleted ? 'label.deleted' : 'label.upsert', { id, name, color })
		}
		case 'label.assigned': {
			const { label_id: labelId, assigned, chat, message_id: messageId } = event.data
			if (messageId !== null) return undefined
			const name = assigned ? 'label.chat.added' : 'label.chat.deleted'
			return payload(name, { labelId, chatId: theirs(chat.id) })
		}
		case 'webhook.test':
			return payload('webhook.test', {})
	}
	return undefined
}

const payload = (name: string, payload: Record<string, unknown>): Told => ({
	name,
	body: { payload },
})

const status = (status: string, qr: string | null): Told => ({
	name: 'session.status',
	body: { status, qr },
})

type AboutMessage = { message_id: string; chat: { id: string }; sender: { id: string } }

function about({ data }: { data: AboutMessage & { from_me: boolean; timestamp: number } }) {
	const { message_id, chat, sender, from_me: fromMe, timestamp } = data
	const author = chat.id.endsWith('@g.us') ? { author: theirs(sender.id) } : {}
	return { id: keyFromId(fromMe, chat.id, message_id), timestamp, fromMe, ...author }
}

type Written = 'message.received' | 'message.sent' | 'message.edited' | 'channel.message'

function message(event: Of<Written>) {
	const { text, type, media, chat, from_me: fromMe, reply_to: replyTo, sender } = event.data
	return {
		...about(event),
		[fromMe ? 'to' : 'from']: theirs(chat.id),
		body: text ?? '',
		type: type === 'text' ? 'chat' : type,
		hasMedia: media !== undefined,
		...(media && { media }),
		replyTo: replyTo && { id: replyTo },
		notifyName: sender.name,
	}
}

/** The numbers of WhatsApp Web. */
const acks = { failed: -1, sent: 1, delivered: 2, read: 3, played: 4 } as const
const ackNames = {
	failed: 'ERROR',
	sent: 'SERVER',
	delivered: 'DEVICE',
	read: 'READ',
	played: 'PLAYED',
}

function ack({ data }: Of<'message.status'>): Told {
	const { message_id, chat, status, by, error, timestamp } = data
	return payload('message.ack', {
		id: keyFromId(true, chat.id, message_id),
		timestamp,
		to: theirs(chat.id),
		participant: by && theirs(by.id),
		fromMe: true,
		ack: acks[status],
		ackName: ackNames[status],
		...(error && { error: error.detail }),
	})
}

const steps: Record<string, string> = {
	offer: 'call.received',
	accept: 'call.accepted',
	reject: 'call.rejected',
}

function call({ data }: Of<'call.received'>): Told | undefined {
	const { call_id: id, sender, group, status, video: isVideo, timestamp } = data
	const name = steps[status]
	if (!name) return undefined
	return payload(name, { id, from: theirs(sender.id), isVideo, isGroup: group !== null, timestamp })
}
