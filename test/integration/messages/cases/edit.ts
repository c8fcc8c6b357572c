import { NOW, type Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: true, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { message_id: key.id, text: 'Edited message text', mentions: ['4930123456'] },
		arrives: {
			protocolMessage: {
				key,
				type: 'MESSAGE_EDIT',
				editedMessage: {
					extendedTextMessage: {
						text: 'Edited message text',
						contextInfo: { mentionedJid: ['4930123456@s.whatsapp.net'] },
					},
				},
				timestampMs: NOW,
			},
		},
		act: {
			editedMessage: {
				message: {
					protocolMessage: {
						key: { id: '3EB0DEF' },
						type: 14,
						editedMessage: { imageMessage: { caption: 'a cat' } },
					},
				},
			},
		},
		read: { type: 'edit', text: 'a cat', message_id: '3EB0DEF' },
	},
]
