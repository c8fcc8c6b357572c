import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { audio: uploaded.given },
		arrives: { audioMessage: { ...uploaded.arrives, ptt: true } },
	},
]
