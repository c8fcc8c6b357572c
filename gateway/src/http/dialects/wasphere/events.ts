import { createHmac } from 'node:crypto'
import type { GatewayEvent } from '../../../events/index.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import type { RenderedEvent } from '../dialect.ts'

type Named = { name: string; data: Record<string, unknown> }
type Of<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>

/** An event as WaSphere tells it. */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const named = eventNameOf(event)
	if (!named) return undefined
	const { id: deliveryId, session: sessionId, timestamp } = event
	return {
		name: named.name,
		body: { event: named.name, sessionId, timestamp, deliveryId, data: named.data },
		headers: ({ body, secret, timestamp: seconds }) => ({
			'X-WaSphere-Event': named.name,
			'X-WaSphere-Timestamp': String(seconds),
			'X-WaSphere-Delivery-Id': deliveryId,
			'X-WaSphere-Signature': `v1,sha256=${signature(secret, `${seconds}.${body}`)}`,
		}),
	}
}

function eventNameOf(event: GatewayEvent): Named | undefined {
	switch (event.type) {
		case 'message.received':
			return { name: 'message.received', data: received(event) }
		case 'message.status':
			return progress(event)
		case 'poll.vote':
			return { name: 'poll.vote', data: event.data }
		case 'session.status':
			return change(event)
		case 'session.qr':
			return event.data.qr === null ? undefined : { name: 'session.qr', data: event.data }
		case 'webhook.test':
			return { name: 'webhook.test', data: {} }
	}
	return undefined
}

function received({ data }: Of<'message.received'>): Named['data'] {
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

/** What was chosen of buttons or of a menu. */
function selection(data: Of<'message.received'>['data']) {
	const { selected_button_id: button, selected_row_id: row, selected_id: quick } = data
	if (button !== undefined) return { interactiveKind: 'button_reply', selectionId: button }
	if (row !== undefined) return { interactiveKind: 'list_reply', selectionId: row }
	if (quick !== undefined) return { interactiveKind: 'quick_reply', selectionId: quick }
	return {}
}

const steps = {
	sent: 'message.sent',
	delivered: 'message.delivered',
	read: 'message.read',
	played: 'message.read',
	failed: 'message.failed',
}

function progress({ data }: Of<'message.status'>): Named {
	const { message_id: messageId, chat, status, timestamp, error } = data
	return {
		name: steps[status],
		data: { messageId, to: chat.id, status, timestamp, ...(error && { error: error.detail }) },
	}
}

const changes: Partial<Record<SessionStatus, string>> = {
	open: 'session.connected',
	closed: 'session.disconnected',
	logged_out: 'session.disconnected',
	replaced: 'session.failed',
	blocked: 'session.failed',
	outdated: 'session.failed',
	corrupt: 'session.failed',
}

function change({ data: { status, last_disconnect: last } }: Of<'session.status'>) {
	const name = changes[status]
	if (!name) return undefined
	return { name, data: { status, reason: last?.reason ?? null } }
}

function signature(secret: string, text: string): string {
	return createHmac('sha256', secret).update(text).digest('hex')
}
