import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { video: uploaded.given, caption: 'Watch this!' },
		arrives: { videoMessage: { ...uploaded.arrives, caption: 'Watch this!' } },
		receive: { videoMessage: { ...uploaded.sent, caption: 'watch', seconds: 12 } },
		event: {
			type: 'video',
			text: 'watch',
			caption: 'watch',
			media: { mimetype: 'image/jpeg', size: 12345, seconds: 12 },
		},
	},
]
