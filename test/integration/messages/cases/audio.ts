import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { audio: uploaded.given, ptt: true },
		arrives: { audioMessage: { ...uploaded.arrives, ptt: true } },
		receive: { audioMessage: { ...uploaded.sent, ptt: true, seconds: 4 } },
		event: {
			type: 'audio',
			text: null,
			ptt: true,
			media: { mimetype: 'image/jpeg', size: 12345, seconds: 4 },
		},
	},
]
