import type { Case } from '../support.ts'

export const cases: Case[] = [
	{
		send: { text: 'Hello from WA-RS! *bold* 👋' },
		arrives: { extendedTextMessage: { text: 'Hello from WA-RS! *bold* 👋' } },
		receive: { conversation: 'hello' },
		event: { type: 'text', text: 'hello' },
	},
]
