import type { WACallEvent } from '@whiskeysockets/baileys'
import type { Effect } from '../../effect.ts'
import { defineNotification, identityIn, type NotificationDeps } from './define.ts'

function readCall(call: WACallEvent, deps: NotificationDeps): Effect {
	const data = {
		call_id: call.id,
		chat: identityIn(call.chatId, deps, call.callerPn)!,
		sender: identityIn(call.from, deps, call.callerPn)!,
		group: identityIn(call.groupJid, deps),
		status: call.status,
		video: call.isVideo ?? false,
		offline: call.offline,
		timestamp: Math.floor(call.date.getTime() / 1000),
	}
	const { offline: _, timestamp: at, ...kept } = data
	const record = { ...kept, creator: call.from, started_at: at, updated_at: at }
	return { event: { type: 'call.received', data }, changes: deps.calls.note(record) }
}

export const calls = defineNotification('call', (notification, deps) =>
	notification.map((call) => readCall(call, deps)),
)
