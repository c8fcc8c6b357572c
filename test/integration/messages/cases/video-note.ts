import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { video: uploaded.given },
		arrives: { ptvMessage: uploaded.arrives },
		receive: { ptvMessage: { ...uploaded.sent, seconds: 3 } },
		event: {
			type: 'video-note',
			text: null,
			media: { mimetype: 'image/jpeg', size: 12345, seconds: 3 },
		},
	},
]
