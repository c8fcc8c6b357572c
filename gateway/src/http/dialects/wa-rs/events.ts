import { createHmac } from 'node:crypto'
import type { RenderedEvent } from '../../../delivery/formats.ts'
import type { GatewayEvent } from '../../../events/index.ts'
import type { Identity } from '../../../events/identity.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'

type Of<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>
type Named = { event: string; data: Record<string, unknown> }

/** What their webhooks ask for by name, as far as there is such an event here; `all` is all of it. */
export const eventNames: readonly string[] = [
	'all',
	'message',
	'receipt',
	'presence',
	'chat_presence',
	'connected',
	'disconnected',
	'logged_out',
	'qr_code',
	'pair_code',
	'group_update',
	'joined_group',
	'contact_update',
	'undecryptable_message',
	'client_outdated',
]

/** An event as WA-RS tells it. Their API is ours; their webhooks are not. */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const named = namedOf(event)
	if (!named) return undefined
	const timestamp = Math.floor(Date.parse(event.timestamp) / 1000)
	return {
		name: named.event,
		body: { session_id: event.session, event: named.event, timestamp, data: named.data },
		headers: ({ body, secret }) => ({
			'X-Webhook-Signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
		}),
	}
}

function namedOf(event: GatewayEvent): Named | undefined {
	switch (event.type) {
		case 'message.received':
		case 'message.sent':
			return { event: 'message', data: message(event) }
		case 'message.status':
			return { event: 'receipt', data: receipt(event) }
		case 'message.undecryptable': {
			const { message_id, chat, sender, from_me: is_from_me } = event.data
			const data = { from: sender.id, chat: chat.id, message_id, is_from_me }
			return { event: 'undecryptable_message', data }
		}
		case 'chat.presence':
			return presence(event)
		case 'contact.updated': {
			const { contact, ...changed } = event.data
			return { event: 'contact_update', data: { jid: contact.id, ...changed } }
		}
		case 'group.joined': {
			const { chat, by, subject, participants } = event.data
			const members = participants.map(({ id: jid, admin: is_admin }) => ({ jid, is_admin }))
			return {
				event: 'joined_group',
				data: { jid: chat.id, by: idOf(by), name: subject, participants: members },
			}
		}
		case 'group.updated': {
			const { chat, by, ...changed } = event.data
			return { event: 'group_update', data: { jid: chat.id, by: idOf(by), ...changed } }
		}
		case 'group.participants': {
			const { chat, by, action, participants } = event.data
			const members = participants.map(({ id }) => id)
			return {
				event: 'group_update',
				data: { jid: chat.id, by: idOf(by), action, participants: members },
			}
		}
		case 'session.status':
			return change(event)
		case 'session.qr': {
			const { qr: code } = event.data
			return code === null ? undefined : { event: 'qr_code', data: { code } }
		}
		case 'session.pairing_code': {
			const { code } = event.data
			return code === null ? undefined : { event: 'pair_code', data: { code } }
		}
		case 'webhook.test':
			return { event: 'webhook.test', data: {} }
	}
	return undefined
}

const idOf = (identity: Identity | null) => identity?.id ?? null

function message({ data }: Of<'message.received' | 'message.sent'>) {
	const { chat, sender, media, type, text } = data
	const isGroup = chat.id.endsWith('@g.us')
	return {
		from: sender.id,
		chat: chat.id,
		message_id: data.message_id,
		is_from_me: data.from_me,
		push_name: sender.name,
		message_type: type,
		text: media ? null : text,
		caption: media ? text : null,
		media_mimetype: media?.mimetype ?? null,
		media: media ?? null,
		location: type === 'location' ? placeOf(data) : null,
		is_group: isGroup,
		participant: isGroup ? sender.id : null,
	}
}

function placeOf({ latitude, longitude, name, address }: Record<string, unknown>) {
	return { latitude, longitude, name: name ?? null, address: address ?? null }
}

function receipt({ data: { message_id, chat, by, status, timestamp } }: Of<'message.status'>) {
	const message_ids = [message_id]
	return { chat: chat.id, sender: idOf(by), message_ids, receipt_type: status, timestamp }
}

/** Who is online is one event of theirs, who writes is another. */
function presence({ data }: Of<'chat.presence'>): Named {
	const { chat, sender, presence, last_seen } = data
	if (presence === 'available' || presence === 'unavailable')
		return { event: 'presence', data: { from: sender.id, status: presence, last_seen } }
	return { event: 'chat_presence', data: { chat: chat.id, from: sender.id, state: presence } }
}

const changes: Partial<Record<SessionStatus, string>> = {
	open: 'connected',
	closed: 'disconnected',
	replaced: 'disconnected',
	blocked: 'disconnected',
	corrupt: 'disconnected',
	logged_out: 'logged_out',
	outdated: 'client_outdated',
}

function change({ data: { status, last_disconnect: last } }: Of<'session.status'>) {
	const event = changes[status]
	return event === undefined ? undefined : { event, data: { status, reason: last?.reason ?? null } }
}
