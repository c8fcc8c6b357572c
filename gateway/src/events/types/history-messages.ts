import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'
import { messageData, messageExample } from './message-received.ts'

export const historyMessages = defineEvent({
	type: 'history.messages',
	title: 'The phone sent messages from before the session was linked',
	description:
		'Only webhooks that name it, or `history.*`, get it, and only if they exist when the phone sends its history: soon after the session was linked. The history covers some months, or years if the webhook existed before linking began (`webhook` in `POST /sessions`). What `POST …/chats/{jid}/messages/fetch` asks for is told as well. Up to 50 messages of one chat, in the order of the phone.',
	data: z.object({
		chat: identity,
		messages: z.array(messageData),
		request_id: z
			.string()
			.optional()
			.meta({ description: 'Of the request for older messages that the phone answers' }),
	}),
	example: { chat: messageExample.chat, messages: [messageExample] },
})
