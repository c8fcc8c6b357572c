import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { sticker: uploaded.given },
		arrives: { stickerMessage: uploaded.arrives },
		receive: { stickerMessage: { ...uploaded.sent, isAnimated: true } },
		event: {
			type: 'sticker',
			text: null,
			media: { mimetype: 'image/jpeg', size: 12345, animated: true },
		},
	},
]
