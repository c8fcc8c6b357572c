import { NOW, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { label: ' Coach ' },
		arrives: {
			protocolMessage: {
				type: 'GROUP_MEMBER_LABEL_CHANGE',
				memberLabel: { label: 'Coach', labelTimestamp: NOW },
			},
		},
		act: { protocolMessage: { type: 30, memberLabel: { label: 'Coach', labelTimestamp: 1 } } },
		read: { type: 'member-tag', text: null, label: 'Coach' },
	},
]
