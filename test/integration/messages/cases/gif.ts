import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { video: uploaded.given, caption: 'wave' },
		arrives: { videoMessage: { ...uploaded.arrives, caption: 'wave', gifPlayback: true } },
		receive: { videoMessage: { ...uploaded.sent, gifPlayback: true } },
		event: {
			type: 'video',
			text: null,
			gif_playback: true,
			media: { mimetype: 'image/jpeg', size: 12345 },
		},
	},
]
