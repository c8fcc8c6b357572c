import type { Case } from '../support/conversation.ts'

const group = '120363000000000000@g.us'

export const cases: Case[] = [
	{
		send: { text: 'This is my comment', target_message_id: '3EB0ABC123' },
		arrives: {
			commentMessage: {
				message: { extendedTextMessage: { text: 'This is my comment' } },
				targetMessageKey: {
					remoteJid: '491700000002@s.whatsapp.net',
					fromMe: false,
					id: '3EB0ABC123',
				},
			},
		},
		receive: {
			commentMessage: {
				message: { conversation: 'nice' },
				targetMessageKey: { remoteJid: group, fromMe: false, id: '3EB0DEF' },
			},
		},
		event: {
			type: 'comment',
			text: 'nice',
			target_message_id: '3EB0DEF',
			target_chat_jid: group,
		},
	},
	{
		send: { text: 'Yes', target_message_id: '3EB0ABC123', target_chat_jid: group },
		arrives: {
			commentMessage: {
				message: { extendedTextMessage: { text: 'Yes' } },
				targetMessageKey: { remoteJid: group, fromMe: false, id: '3EB0ABC123' },
			},
		},
	},
]
