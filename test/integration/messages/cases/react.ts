import { NOW, type Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: false, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { message_id: key.id, emoji: '👍' },
		arrives: { reactionMessage: { key, text: '👍', senderTimestampMs: NOW } },
		act: { reactionMessage: { key: { id: '3EB0DEF' }, text: '❤️' } },
		read: { type: 'react', text: '❤️', message_id: '3EB0DEF', emoji: '❤️' },
	},
	{
		send: { message_id: key.id, emoji: '', from_me: true },
		arrives: {
			reactionMessage: { key: { ...key, fromMe: true }, text: '', senderTimestampMs: NOW },
		},
	},
]
