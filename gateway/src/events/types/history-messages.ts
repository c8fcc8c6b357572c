import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'
import { messageData, messageExample } from './message-received.ts'

export const historyMessages = defineEvent({
	type: 'history.messages',
	title: 'The phone sent messages from before the session was linked',
	description:
		'Only webhooks that name it, or `history.*`, get it, and only if they exist when the phone sends its history: soon after the session was linked. The history covers some months, or years if the webhook existed before linking began (`webhook` in `POST /sessions`). Up to 50 messages of one chat, in the order of the phone.',
	data: z.object({
		chat: identity,
		messages: z.array(messageData),
	}),
	example: { chat: messageExample.chat, messages: [messageExample] },
})
