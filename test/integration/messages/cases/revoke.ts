import type { Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: true, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { message_id: key.id },
		arrives: { protocolMessage: { key, type: 'REVOKE' } },
		act: { protocolMessage: { key: { id: '3EB0DEF', participant: '4930123@c.us' }, type: 0 } },
		read: {
			type: 'revoke',
			text: null,
			message_id: '3EB0DEF',
			original_sender: '4930123@c.us',
		},
	},
]
