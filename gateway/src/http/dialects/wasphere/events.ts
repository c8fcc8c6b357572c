import type { GatewayEvent } from '../../../events/index.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import type { EventOf, NamedEvent, RenderedEvent } from '../dialect.ts'
import { hmacHex } from '../hmac.ts'

/** An event in the format of WaSphere. */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const named = namedEventOf(event)
	if (!named) return undefined
	const { name, data } = named
	const { id: deliveryId, session: sessionId, timestamp } = event
	return {
		name,
		body: { event: name, sessionId, timestamp, deliveryId, data },
		headers: ({ body, secret, timestamp: seconds }) => ({
			'X-WaSphere-Event': name,
			'X-WaSphere-Timestamp': String(seconds),
			'X-WaSphere-Delivery-Id': deliveryId,
			'X-WaSphere-Signature': `v1,sha256=${hmacHex(secret, `${seconds}.${body}`)}`,
		}),
	}
}

function namedEventOf(event: GatewayEvent): NamedEvent | undefined {
	switch (event.type) {
		case 'message.received':
			return { name: 'message.received', data: receivedData(event) }
		case 'message.status':
			return statusEvent(event)
		case 'poll.vote':
			return { name: 'poll.vote', data: event.data }
		case 'session.status':
			return sessionEvent(event)
		case 'session.qr':
			return event.data.qr === null ? undefined : { name: 'session.qr', data: event.data }
		case 'webhook.test':
			return { name: 'webhook.test', data: {} }
	}
	return undefined
}

function receivedData({ data }: EventOf<'message.received'>): NamedEvent['data'] {
	const { message_id: messageId, type, chat, sender, timestamp } = data
	return {
		messageId,
		from: chat.id,
		sender: sender.name,
		senderJid: sender.id,
		senderPn: sender.phone,
		senderLid: sender.lid,
		isGroup: chat.id.endsWith('@g.us'),
		timestamp,
		type,
		content: { text: data.text, ...selection(data) },
		message: data,
	}
}

/** The selected button or list row. */
function selection(data: EventOf<'message.received'>['data']) {
	const { selected_button_id: button, selected_row_id: row, selected_id: quick } = data
	if (button !== undefined) return { interactiveKind: 'button_reply', selectionId: button }
	if (row !== undefined) return { interactiveKind: 'list_reply', selectionId: row }
	if (quick !== undefined) return { interactiveKind: 'quick_reply', selectionId: quick }
	return {}
}

const statusEventNames = {
	sent: 'message.sent',
	delivered: 'message.delivered',
	read: 'message.read',
	played: 'message.read',
	failed: 'message.failed',
}

function statusEvent({ data }: EventOf<'message.status'>): NamedEvent {
	const { message_id: messageId, chat, status, timestamp, error } = data
	return {
		name: statusEventNames[status],
		data: { messageId, to: chat.id, status, timestamp, ...(error && { error: error.detail }) },
	}
}

const sessionEventNames: Partial<Record<SessionStatus, string>> = {
	open: 'session.connected',
	closed: 'session.disconnected',
	logged_out: 'session.disconnected',
	replaced: 'session.failed',
	blocked: 'session.failed',
	outdated: 'session.failed',
	corrupt: 'session.failed',
}

function sessionEvent({ data }: EventOf<'session.status'>): NamedEvent | undefined {
	const { status, last_disconnect: last } = data
	const name = sessionEventNames[status]
	if (!name) return undefined
	return { name, data: { status, reason: last?.reason ?? null } }
}
