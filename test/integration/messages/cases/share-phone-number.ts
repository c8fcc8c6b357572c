import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {},
		arrives: { protocolMessage: { type: 'SHARE_PHONE_NUMBER' } },
		receive: { protocolMessage: { type: 11 } },
		event: { type: 'share-phone-number', text: null },
	},
]
