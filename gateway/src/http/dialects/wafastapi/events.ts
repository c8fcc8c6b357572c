import type { GatewayEvent } from '../../../events/index.ts'
import type { Identity } from '../../../events/identity.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import type { EventOf, NamedEvent, RenderedEvent } from '../dialect.ts'
import { hmacHex } from '../hmac.ts'

/**
 * An event in the format of WaFastApi, with two differences: the body has no `signature`, which proves nothing, and no
 * secret, which it would reveal. `X-Webhook-Signature`, the hex HMAC-SHA256 of the body, replaces both. `userId` is null
 * since the gateway has no users.
 */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const named = namedEventOf(event)
	if (!named) return undefined
	const { name, data } = named
	const { timestamp, session: sessionId } = event
	return {
		name,
		body: { event: name, timestamp, sessionId, userId: null, data },
		headers: ({ body, secret }) => ({
			'X-Webhook-Signature': hmacHex(secret, body),
		}),
	}
}

function namedEventOf(event: GatewayEvent): NamedEvent | undefined {
	switch (event.type) {
		case 'message.received':
			return { name: 'message.received', data: receivedData(event) }
		case 'message.sent':
			return { name: 'message.sent', data: sentData(event) }
		case 'message.status':
			return { name: 'message.status', data: statusData(event) }
		case 'message.reaction': {
			const { message_id: messageId, sender, emoji, timestamp } = event.data
			const data = { messageId, from: numberOf(sender), reaction: emoji ?? '', timestamp }
			return { name: 'message.reaction', data }
		}
		case 'session.status':
			return sessionEvent(event)
		case 'session.qr': {
			const { qr: qrCode } = event.data
			return qrCode === null
				? undefined
				: { name: 'session.qr_ready', data: { qrCode, status: 'qr_ready' } }
		}
		case 'webhook.test':
			return { name: 'webhook.test', data: {} }
	}
	return undefined
}

const numberOf = ({ phone, id }: Identity) => phone ?? id.split('@')[0]!

function receivedData({ data }: EventOf<'message.received'>) {
	const { message_id: messageId, text, type, chat, sender, timestamp, media } = data
	return {
		from: numberOf(sender),
		message: text ?? '',
		messageId,
		timestamp,
		type,
		quotedMessageId: data.reply_to,
		participant: sender.id,
		group: chat.id.endsWith('@g.us') ? chat.id : null,
		...(media?.url && { mediaUrl: media.url }),
	}
}

function sentData({ data }: EventOf<'message.sent'>) {
	const { message_id: messageId, text, type, chat, timestamp } = data
	return { to: numberOf(chat), message: text ?? '', type, messageId, timestamp, status: 'sent' }
}

/** Baileys' numbers of the statuses. */
const statusCodes = { failed: 0, sent: 2, delivered: 3, read: 4, played: 5 } as const

function statusData({ data }: EventOf<'message.status'>) {
	const { message_id: messageId, chat, status, error } = data
	return {
		messageId,
		to: numberOf(chat),
		status: status === 'failed' ? 'ERROR' : status.toUpperCase(),
		statusCode: statusCodes[status],
		...(error && { error: error.detail }),
	}
}

/** The statuses with an event of their own; the others are `connection.status`. */
const sessionEventNames: Partial<Record<SessionStatus, string>> = {
	open: 'session.connected',
	connecting: 'session.reconnecting',
	closed: 'session.disconnected',
	logged_out: 'session.logged_out',
	replaced: 'session.disconnected',
	blocked: 'session.disconnected',
	outdated: 'session.disconnected',
	corrupt: 'session.disconnected',
}

function sessionEvent({ data }: EventOf<'session.status'>): NamedEvent {
	const { status, last_disconnect: last } = data
	const name = sessionEventNames[status] ?? 'connection.status'
	const statusText = status === 'open' ? 'connected' : status
	return { name, data: { status: statusText, reason: last?.reason ?? null } }
}
