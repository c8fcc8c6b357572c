import { NOW, type Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: false, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { message_id: key.id },
		arrives: { keepInChatMessage: { key, keepType: 'KEEP_FOR_ALL', timestampMs: NOW } },
		act: { keepInChatMessage: { key: { id: '3EB0DEF' }, keepType: 1 } },
		read: { type: 'keep', text: null, message_id: '3EB0DEF', keep: true },
	},
	{
		send: { message_id: key.id, keep: false },
		arrives: { keepInChatMessage: { key, keepType: 'UNDO_KEEP_FOR_ALL', timestampMs: NOW } },
		act: { keepInChatMessage: { key: { id: '3EB0DEF' }, keepType: 2 } },
		read: { type: 'keep', text: null, message_id: '3EB0DEF', keep: false },
	},
]
