import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { text: 'Hello from WA-RS! *bold* 👋' },
		arrives: { extendedTextMessage: { text: 'Hello from WA-RS! *bold* 👋' } },
		receive: { conversation: 'hello' },
		event: { type: 'text', text: 'hello' },
	},
	{
		send: { text: 'On color', background_color: '#1f7aec', font: 'calistoga' },
		arrives: {
			extendedTextMessage: {
				text: 'On color',
				backgroundArgb: 0xff1f7aec,
				textArgb: 0xffffffff,
				font: 'CALISTOGA_REGULAR',
			},
		},
		receive: {
			extendedTextMessage: { text: 'hi', backgroundArgb: 0xff1f7aec, font: 0 },
		},
		event: { type: 'text', text: 'hi', background_color: '#1F7AEC', font: 'system' },
	},
]
