import type { Identity } from '../../../events/identity.ts'
import type { GatewayEvent } from '../../../events/index.ts'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import type { EventOf, NamedEvent, RenderedEvent } from '../dialect.ts'
import { hmacHex } from '../hmac.ts'

/** An event in the format of WA-RS. The native API serves its requests; only its webhooks differ. */
export function renderEvent(event: GatewayEvent): RenderedEvent | undefined {
	const named = namedEventOf(event)
	if (!named) return undefined
	const { name, data } = named
	const timestamp = Math.floor(Date.parse(event.timestamp) / 1000)
	return {
		name,
		body: { session_id: event.session, event: name, timestamp, data },
		headers: ({ body, secret }) => ({
			'X-Webhook-Signature': `sha256=${hmacHex(secret, body)}`,
		}),
	}
}

function namedEventOf(event: GatewayEvent): NamedEvent | undefined {
	switch (event.type) {
		case 'message.received':
		case 'message.sent':
			return { name: 'message', data: messageData(event) }
		case 'message.status':
			return { name: 'receipt', data: receiptData(event) }
		case 'message.undecryptable': {
			const { message_id, chat, sender, from_me: is_from_me } = event.data
			const data = { from: sender.id, chat: chat.id, message_id, is_from_me }
			return { name: 'undecryptable_message', data }
		}
		case 'chat.presence':
			return presenceEvent(event)
		case 'chat.updated':
			return chatEvent(event)
		case 'contact.updated': {
			const { contact, picture, ...changed } = event.data
			if (picture && !Object.keys(changed).length)
				return { name: 'picture_update', data: { jid: contact.id, picture } }
			return { name: 'contact_update', data: { jid: contact.id, ...changed, picture } }
		}
		case 'contact.about': {
			const { contact, about: status } = event.data
			return { name: 'user_about_update', data: { jid: contact.id, status } }
		}
		case 'profile.updated': {
			const { name } = event.data
			return name === undefined
				? undefined
				: { name: 'push_name_update', data: { push_name: name } }
		}
		case 'group.joined': {
			const { chat, by, subject, participants } = event.data
			const members = participants.map(({ id: jid, admin: is_admin }) => ({ jid, is_admin }))
			return {
				name: 'joined_group',
				data: { jid: chat.id, by: idOf(by), name: subject, participants: members },
			}
		}
		case 'group.updated': {
			const { chat, by, ...changed } = event.data
			return { name: 'group_update', data: { jid: chat.id, by: idOf(by), ...changed } }
		}
		case 'group.participants': {
			const { chat, by, action, participants } = event.data
			const members = participants.map(({ id }) => id)
			return {
				name: 'group_update',
				data: { jid: chat.id, by: idOf(by), action, participants: members },
			}
		}
		case 'session.status':
			return statusEvent(event)
		case 'session.qr': {
			const { qr: code } = event.data
			return code === null ? undefined : { name: 'qr_code', data: { code } }
		}
		case 'session.pairing_code': {
			const { code } = event.data
			return code === null ? undefined : { name: 'pair_code', data: { code } }
		}
		case 'webhook.test':
			return { name: 'webhook.test', data: {} }
	}
	return undefined
}

const idOf = (identity: Identity | null) => identity?.id ?? null

function messageData({ data }: EventOf<'message.received' | 'message.sent'>) {
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
		location: type === 'location' ? locationOf(data) : null,
		is_group: isGroup,
		participant: isGroup ? sender.id : null,
	}
}

function locationOf({ latitude, longitude, name, address }: Record<string, unknown>) {
	return { latitude, longitude, name: name ?? null, address: address ?? null }
}

function receiptData({ data }: EventOf<'message.status'>) {
	const { message_id, chat, by, status, timestamp } = data
	const message_ids = [message_id]
	return { chat: chat.id, sender: idOf(by), message_ids, receipt_type: status, timestamp }
}

/** WA-RS has one event for being online and another one for typing and recording. */
function presenceEvent({ data }: EventOf<'chat.presence'>): NamedEvent {
	const { chat, sender, presence, last_seen } = data
	if (presence === 'available' || presence === 'unavailable')
		return { name: 'presence', data: { from: sender.id, status: presence, last_seen } }
	return { name: 'chat_presence', data: { chat: chat.id, from: sender.id, state: presence } }
}

const chatEventNames = {
	archived: 'archive_update',
	pinned: 'pin_update',
	muted_until: 'mute_update',
	marked_unread: 'mark_chat_as_read',
} as const

/** WA-RS has an event for each setting of a chat, and none for its timer. */
function chatEvent({ data }: EventOf<'chat.updated'>): NamedEvent | undefined {
	const fields = Object.keys(chatEventNames) as (keyof typeof chatEventNames)[]
	const field = fields.find((each) => data[each] !== undefined)
	if (!field) return undefined
	const { chat, timestamp } = data
	const told = field === 'marked_unread' ? { read: !data.marked_unread } : { [field]: data[field] }
	return { name: chatEventNames[field], data: { jid: chat.id, timestamp, ...told } }
}

const statusEventNames: Partial<Record<SessionStatus, string>> = {
	open: 'connected',
	closed: 'disconnected',
	replaced: 'disconnected',
	blocked: 'disconnected',
	corrupt: 'disconnected',
	logged_out: 'logged_out',
	outdated: 'client_outdated',
}

function statusEvent({ data }: EventOf<'session.status'>): NamedEvent | undefined {
	const { status, last_disconnect: last } = data
	const name = statusEventNames[status]
	return name === undefined ? undefined : { name, data: { status, reason: last?.reason ?? null } }
}
