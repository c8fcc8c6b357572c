import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'
import { messageData, messageExample } from './message-received.ts'

export const historyMessages = defineEvent({
	type: 'history.messages',
	title: 'The phone told what was written before it was linked',
	description:
		'Told only to webhooks that name it, or `history.*`, and only if there is one when the phone tells: soon after ' +
		'the session was linked. It tells of some months; of years, if the webhook was there when the session began to be linked, ' +
		'as the `webhook` of `POST /sessions` is. Up to 50 messages of one chat, in the order of the phone.',
	data: z.object({
		chat: identity,
		messages: z.array(messageData),
	}),
	example: { chat: messageExample.chat, messages: [messageExample] },
})
