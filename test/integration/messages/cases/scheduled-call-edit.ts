import type { Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: true, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { scheduled_call_message_id: '3EB0ABC123' },
		arrives: { scheduledCallEditMessage: { key, editType: 'CANCEL' } },
		receive: { scheduledCallEditMessage: { key, editType: 1 } },
		event: {
			type: 'scheduled-call-edit',
			text: null,
			scheduled_call_message_id: '3EB0ABC123',
			edit_type: 'cancel',
		},
	},
]
