import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			note: 'Payment for services',
			request_message_id: '3EB0ABC123',
			transaction_data: '{"key":"value"}',
		},
		arrives: {
			sendPaymentMessage: {
				noteMessage: { extendedTextMessage: { text: 'Payment for services' } },
				requestMessageKey: {
					remoteJid: '491700000002@s.whatsapp.net',
					fromMe: false,
					id: '3EB0ABC123',
				},
				transactionData: '{"key":"value"}',
			},
		},
		receive: {
			sendPaymentMessage: {
				noteMessage: { conversation: 'Here it is' },
				requestMessageKey: { id: '3EB0DEF' },
			},
		},
		event: {
			type: 'send-payment',
			text: 'Here it is',
			note: 'Here it is',
			request_message_id: '3EB0DEF',
		},
	},
	{ send: {}, arrives: { sendPaymentMessage: {} } },
]
