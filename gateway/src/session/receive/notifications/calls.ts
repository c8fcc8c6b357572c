import { defineHearing, who } from './define.ts'

export const calls = defineHearing('call', (told, hearer) =>
	told.map((call) => ({
		happening: {
			type: 'call.received',
			data: {
				call_id: call.id,
				chat: who(call.chatId, hearer, call.callerPn)!,
				sender: who(call.from, hearer, call.callerPn)!,
				group: who(call.groupJid, hearer),
				status: call.status,
				video: call.isVideo ?? false,
				offline: call.offline,
				timestamp: Math.floor(call.date.getTime() / 1000),
			},
		},
	})),
)
