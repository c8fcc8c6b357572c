import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { image: uploaded.given, caption: 'once' },
		arrives: {
			viewOnceMessage: {
				message: { imageMessage: { ...uploaded.arrives, caption: 'once', viewOnce: true } },
			},
		},
	},
	{
		send: { video: uploaded.given },
		arrives: {
			viewOnceMessage: { message: { videoMessage: { ...uploaded.arrives, viewOnce: true } } },
		},
	},
]
