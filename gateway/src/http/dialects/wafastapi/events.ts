import { createHmac } from 'node:crypto'
import type { GatewayEvent } from '../../../events/index.ts'
import type { Identity } from '../../../events/identity.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import type { RenderedEvent } from '../dialect.ts'

type Of<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>
type Named = { name: string; data: Record<string, unknown> }

/**
 * An event as WaFastApi tells it, but for its `signature`, which proves nothing, and its secret, which is sent along
 * for all to see: `X-Webhook-Signature` is the hex HMAC-SHA256 of the body. Of users the gateway knows nothing.
 */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const named = namedOf(event)
	if (!named) return undefined
	const { name, data } = named
	const { timestamp, session: sessionId } = event
	return {
		name,
		body: { event: name, timestamp, sessionId, userId: null, data },
		headers: ({ body, secret }) => ({
			'X-Webhook-Signature': createHmac('sha256', secret).update(body).digest('hex'),
		}),
	}
}

function namedOf(event: GatewayEvent): Named | undefined {
	switch (event.type) {
		case 'message.received':
			return { name: 'message.received', data: received(event) }
		case 'message.sent':
			return { name: 'message.sent', data: sent(event) }
		case 'message.status':
			return { name: 'message.status', data: progress(event) }
		case 'message.reaction': {
			const { message_id: messageId, sender, emoji, timestamp } = event.data
			const data = { messageId, from: numberOf(sender), reaction: emoji ?? '', timestamp }
			return { name: 'message.reaction', data }
		}
		case 'session.status':
			return change(event)
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

function received({ data }: Of<'message.received'>) {
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

function sent({ data }: Of<'message.sent'>) {
	const { message_id: messageId, text, type, chat, timestamp } = data
	return { to: numberOf(chat), message: text ?? '', type, messageId, timestamp, status: 'sent' }
}

/** The numbers of Baileys. */
const codes = { failed: 0, sent: 2, delivered: 3, read: 4, played: 5 } as const

function progress({ data: { message_id: messageId, chat, status, error } }: Of<'message.status'>) {
	return {
		messageId,
		to: numberOf(chat),
		status: status === 'failed' ? 'ERROR' : status.toUpperCase(),
		statusCode: codes[status],
		...(error && { error: error.detail }),
	}
}

/** What has a name of its own; the rest is `connection.status`. */
const changes: Partial<Record<SessionStatus, string>> = {
	open: 'session.connected',
	connecting: 'session.reconnecting',
	closed: 'session.disconnected',
	logged_out: 'session.logged_out',
	replaced: 'session.disconnected',
	blocked: 'session.disconnected',
	outdated: 'session.disconnected',
	corrupt: 'session.disconnected',
}

function change({ data: { status, last_disconnect: last } }: Of<'session.status'>): Named {
	const name = changes[status] ?? 'connection.status'
	const said = status === 'open' ? 'connected' : status
	return { name, data: { status: said, reason: last?.reason ?? null } }
}
