import { NOW, type Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: false, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { message_id: key.id },
		arrives: {
			pinInChatMessage: { key, type: 'PIN_FOR_ALL', senderTimestampMs: NOW },
			messageContextInfo: { messageAddOnDurationInSecs: 86_400 },
		},
		act: {
			pinInChatMessage: { key: { id: '3EB0DEF' }, type: 1 },
			messageContextInfo: { messageAddOnDurationInSecs: 604_800 },
		},
		read: { type: 'pin', text: null, message_id: '3EB0DEF', duration_seconds: 604_800 },
	},
	{
		send: { message_id: key.id, duration_seconds: 0 },
		arrives: {
			pinInChatMessage: { key, type: 'UNPIN_FOR_ALL', senderTimestampMs: NOW },
			messageContextInfo: { messageAddOnDurationInSecs: 0 },
		},
		act: { pinInChatMessage: { key: { id: '3EB0DEF' }, type: 2 } },
		read: { type: 'pin', text: null, message_id: '3EB0DEF', duration_seconds: 0 },
	},
]
