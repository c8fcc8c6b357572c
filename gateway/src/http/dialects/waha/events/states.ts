import { labelColors } from '../../../../session/actions/labels/list.ts'
import type { EventOf } from '../../dialect.ts'
import { chatIdOf } from '../chat-id.ts'
import { wahaStatusOf, type WahaStatus } from '../session-states.ts'
import type { Told } from './told.ts'

function statusTold(
	{ session: name, timestamp }: EventOf<'session.status' | 'session.qr'>,
	status: WahaStatus,
): Told {
	const statuses = [{ status, timestamp: Date.parse(timestamp) }]
	return { name: 'session.status', payload: { name, status, statuses, data: null } }
}

/** `session.status`. Until the first QR code is there, a session that is being linked starts. */
export function statusChanged(event: EventOf<'session.status'>): Told {
	const { status } = event.data
	return statusTold(event, status === 'linking' ? 'STARTING' : wahaStatusOf(status))
}

/** `session.status` again, with every QR code. */
export const qrShown = (event: EventOf<'session.qr'>): Told => statusTold(event, 'SCAN_QR_CODE')

const presences = {
	available: 'online',
	unavailable: 'offline',
	composing: 'typing',
	recording: 'recording',
	paused: 'paused',
}

/** `presence.update`. */
export function presenceChanged({ data }: EventOf<'chat.presence'>): Told {
	const { chat, sender, presence, last_seen: lastSeen } = data
	const shown = { participant: chatIdOf(sender), lastKnownPresence: presences[presence], lastSeen }
	return { name: 'presence.update', payload: { id: chatIdOf(chat), presences: [shown] } }
}

const calls: Record<string, Told['name']> = {
	offer: 'call.received',
	accept: 'call.accepted',
	reject: 'call.rejected',
}

/** `call.received`, `.accepted` and `.rejected`; what else becomes of a call is not told. */
export function called({ data }: EventOf<'call.received'>): Told | undefined {
	const { call_id: id, sender, status, timestamp, video: isVideo, group } = data
	const name = calls[status]
	if (!name) return undefined
	const from = chatIdOf(sender)
	return { name, payload: { id, from, timestamp, isVideo, isGroup: group !== null, _data: data } }
}

/** `call.rejected`, by this account. */
export function callRejected({ data, timestamp }: EventOf<'call.rejected'>): Told {
	const { call_id: id, chat } = data
	return {
		name: 'call.rejected',
		payload: {
			...{ id, from: chatIdOf(chat), timestamp: Math.floor(Date.parse(timestamp) / 1000) },
			...{ isVideo: null, isGroup: chat.id.endsWith('@g.us'), _data: data },
		},
	}
}

/** `label.upsert` and `label.deleted`. */
export function labelChanged({ data }: EventOf<'label.edited'>): Told {
	const { label_id: id, name, color, deleted } = data
	return {
		name: deleted ? 'label.deleted' : 'label.upsert',
		payload: { id, name, color, colorHex: labelColors[color] ?? null },
	}
}

/** `label.chat.added` and `.deleted`; labels of single messages are not told. */
export function labelAssigned({ data }: EventOf<'label.assigned'>): Told | undefined {
	const { label_id: labelId, name, assigned, chat, message_id } = data
	if (message_id !== null) return undefined
	return {
		name: assigned ? 'label.chat.added' : 'label.chat.deleted',
		payload: {
			...{ labelId, chatId: chatIdOf(chat) },
			label: name === null ? null : { id: labelId, name },
		},
	}
}

/** `chat.archive`. */
export function chatChanged({ data }: EventOf<'chat.updated'>): Told | undefined {
	const { chat, archived, timestamp } = data
	if (archived === undefined) return undefined
	return { name: 'chat.archive', payload: { id: chatIdOf(chat), archived, timestamp } }
}
