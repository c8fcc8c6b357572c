import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {},
		arrives: { paymentInviteMessage: { serviceType: 'UNKNOWN' } },
		receive: { paymentInviteMessage: { serviceType: 3, expiryTimestamp: 1_893_456_000 } },
		event: {
			type: 'payment-invite',
			text: null,
			service_type: 3,
			expiry_timestamp: 1_893_456_000,
		},
	},
	{
		send: { service_type: 1, expiry_timestamp: 1_893_456_000 },
		arrives: { paymentInviteMessage: { serviceType: 'FBPAY', expiryTimestamp: 1_893_456_000 } },
	},
]
