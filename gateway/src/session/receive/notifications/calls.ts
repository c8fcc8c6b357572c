import { defineNotification, identityIn } from './define.ts'

export const calls = defineNotification('call', (notification, deps) =>
	notification.map((call) => ({
		event: {
			type: 'call.received',
			data: {
				call_id: call.id,
				chat: identityIn(call.chatId, deps, call.callerPn)!,
				sender: identityIn(call.from, deps, call.callerPn)!,
				group: identityIn(call.groupJid, deps),
				status: call.status,
				video: call.isVideo ?? false,
				offline: call.offline,
				timestamp: Math.floor(call.date.getTime() / 1000),
			},
		},
	})),
)
