import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			currency_code: 'USD',
			amount1000: 50_000_000_000,
			note: 'Payment for invoice #123',
			expiry_timestamp: 1_700_086_400,
		},
		arrives: {
			requestPaymentMessage: {
				currencyCodeIso4217: 'USD',
				amount1000: 50_000_000_000,
				amount: { value: 50_000_000_000, offset: 1_000, currencyCode: 'USD' },
				requestFrom: '491700000002@s.whatsapp.net',
				noteMessage: { extendedTextMessage: { text: 'Payment for invoice #123' } },
				expiryTimestamp: 1_700_086_400,
			},
		},
		receive: {
			requestPaymentMessage: {
				currencyCodeIso4217: 'EUR',
				amount1000: 1_500,
				noteMessage: { extendedTextMessage: { text: 'Coffee' } },
			},
		},
		event: {
			type: 'request-payment',
			text: '1.50 EUR\nCoffee',
			currency_code: 'EUR',
			amount1000: 1_500,
			note: 'Coffee',
		},
	},
]
