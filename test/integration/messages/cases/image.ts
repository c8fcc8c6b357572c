import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { image: uploaded.given, caption: 'Check this out!' },
		arrives: { imageMessage: { ...uploaded.arrives, caption: 'Check this out!' } },
		receive: { imageMessage: { ...uploaded.sent, caption: 'look', width: 640, height: 480 } },
		event: {
			type: 'image',
			text: 'look',
			caption: 'look',
			media: { mimetype: 'image/jpeg', size: 12345, width: 640, height: 480 },
		},
	},
	{
		send: { image: uploaded.given, view_once: true },
		arrives: {
			viewOnceMessage: { message: { imageMessage: { ...uploaded.arrives, viewOnce: true } } },
		},
		receive: {
			viewOnceMessageV2: { message: { imageMessage: { ...uploaded.sent, viewOnce: true } } },
		},
		event: {
			type: 'image',
			text: null,
			media: { mimetype: 'image/jpeg', size: 12345 },
			view_once: true,
		},
	},
]
