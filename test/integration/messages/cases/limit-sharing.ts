import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {},
		arrives: {
			protocolMessage: {
				type: 'LIMIT_SHARING',
				limitSharing: { sharingLimited: true, trigger: 'CHAT_SETTING', initiatedByMe: true },
			},
		},
		receive: { protocolMessage: { type: 27, limitSharing: { sharingLimited: false } } },
		event: { type: 'limit-sharing', text: null, limited: false },
	},
]
