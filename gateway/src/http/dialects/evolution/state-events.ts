import type { Identity } from '../../../events/identity.ts'
import type { EventOf } from '../dialect.ts'
import { connectionState, statusReason } from './connection-states.ts'
import { instanceIdOf } from './instance-ids.ts'
import { qrImage } from './qr-image.ts'
import type { EvolutionEvent } from './told.ts'

export function status({ data }: EventOf<'session.status'>, instance: string): EvolutionEvent {
	const { status, me, last_disconnect } = data
	const state = connectionState(status)
	const profile = { wuid: me?.id ?? null, profileName: me?.name ?? null, profilePictureUrl: null }
	return {
		name: 'connection.update',
		data: {
			...{ instance, state, statusReason: statusReason(status, last_disconnect) },
			...(state === 'open' && profile),
		},
		...(state === 'close' && { others: closed(data, instance) }),
	}
}

/** What is told of an end besides. */
function closed(
	{ status, last_disconnect: last }: EventOf<'session.status'>['data'],
	instance: string,
): EvolutionEvent[] {
	const told = {
		...{ instance, status: 'closed', disconnectionAt: last?.at ?? null },
		disconnectionReasonCode: statusReason(status, last),
		disconnectionObject: last && { reason: last.reason },
	}
	return [
		...(status === 'logged_out' ? [{ name: 'logout.instance', data: null }] : []),
		{ name: 'status.instance', data: told },
	]
}

export function qr({ data }: EventOf<'session.qr'>, instance: string): EvolutionEvent | undefined {
	const { qr: code } = data
	if (code === null) return undefined
	const qrcode = { instance, pairingCode: null, code, base64: qrImage(code) }
	return { name: 'qrcode.updated', data: { qrcode } }
}

export function pairingCode(
	{ data }: EventOf<'session.pairing_code'>,
	instance: string,
): EvolutionEvent | undefined {
	const { code: pairingCode } = data
	if (pairingCode === null) return undefined
	return {
		name: 'qrcode.updated',
		data: { qrcode: { instance, pairingCode, code: null, base64: null } },
	}
}

export function contact({ session, data }: EventOf<'contact.updated'>): EvolutionEvent {
	const { contact, name, saved_name, business_name } = data
	const pushName = name ?? saved_name ?? business_name ?? contact.name
	const [remoteJid, instanceId] = [contact.id, instanceIdOf(session)]
	const told = [{ remoteJid, pushName, profilePicUrl: null, instanceId }]
	return { name: 'contacts.update', data: told, others: [{ name: 'contacts.upsert', data: told }] }
}

export function chat({ session, data }: EventOf<'chat.updated'>): EvolutionEvent {
	const { chat, deleted } = data
	if (deleted) return { name: 'chats.delete', data: [chat.id] }
	const told = [chatOf(session, chat)]
	return { name: 'chats.update', data: told, others: [{ name: 'chats.upsert', data: told }] }
}

export const chats = ({ session, data }: EventOf<'history.chats'>): EvolutionEvent => ({
	name: 'chats.set',
	data: data.chats.map(({ chat, unread }) => ({
		...chatOf(session, chat),
		unreadMessages: unread,
	})),
})

const chatOf = (session: string, { id, name }: Identity) => ({
	remoteJid: id,
	instanceId: instanceIdOf(session),
	...(name !== null && { name }),
})

export function presence({ data }: EventOf<'chat.presence'>): EvolutionEvent {
	const { chat, sender, presence: lastKnownPresence, last_seen: lastSeen } = data
	const known = { lastKnownPresence, ...(lastSeen !== null && { lastSeen }) }
	return { name: 'presence.update', data: { id: chat.id, presences: { [sender.id]: known } } }
}

export function call({ data }: EventOf<'call.received'>): EvolutionEvent {
	const { call_id: id, sender, chat, group, status, video, offline, timestamp } = data
	const isGroup = group !== null
	return {
		name: 'call',
		data: {
			...{ id, from: sender.id, chatId: (group ?? chat).id, status },
			date: new Date(timestamp * 1000).toISOString(),
			...{ isVideo: video, isGroup, offline },
			...(group && { groupJid: group.id }),
		},
	}
}

export function label({ data }: EventOf<'label.edited'>, instance: string): EvolutionEvent {
	const { label_id: id, name, color, deleted } = data
	return { name: 'labels.edit', data: { id, name, color: String(color), deleted, instance } }
}

/** Labels of messages it does not know. */
export function labelled(
	{ data }: EventOf<'label.assigned'>,
	instance: string,
): EvolutionEvent | undefined {
	const { label_id: labelId, assigned, chat, message_id } = data
	if (message_id !== null) return undefined
	const type = assigned ? 'add' : 'remove'
	return { name: 'labels.association', data: { instance, type, chatId: chat.id, labelId } }
}
