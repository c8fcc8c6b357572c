import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {},
		arrives: { requestPhoneNumberMessage: {} },
		receive: { requestPhoneNumberMessage: {} },
		event: { type: 'request-phone-number', text: null },
	},
]
