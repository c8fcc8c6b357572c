import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			items: [{ image: uploaded.given, caption: 'one' }, { video: uploaded.given }],
		},
		arrives: { albumMessage: { expectedImageCount: 1, expectedVideoCount: 1 } },
		parts: [
			{ imageMessage: { ...uploaded.arrives, caption: 'one' } },
			{ videoMessage: uploaded.arrives },
		],
		receive: { albumMessage: { expectedImageCount: 3, expectedVideoCount: 1 } },
		event: { type: 'album', text: null, images: 3, videos: 1 },
	},
]
