import type { Case } from '../support/conversation.ts'

const key = { remoteJid: '491700000002@s.whatsapp.net', fromMe: true, id: '3EB0ABC123' }

export const cases: Case[] = [
	{
		send: { request_message_id: '3EB0ABC123' },
		arrives: { cancelPaymentRequestMessage: { key } },
		receive: { cancelPaymentRequestMessage: { key } },
		event: { type: 'cancel-payment', text: null, request_message_id: '3EB0ABC123' },
	},
]
