import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

export const messageEdited = defineEvent({
	type: 'message.edited',
	title: 'A message was edited',
	description:
		'`message_id` is the id of the edited message; the other fields are its new content. An edit by anyone but the author causes no event: WhatsApp does not show it either. Options of a poll may be added by others too.',
	data: messageData.extend({
		timestamp: z.number().int().meta({ description: 'Time of the edit: Unix time in seconds' }),
	}),
	example: { ...messageExample, text: 'Hello Bob!' },
})
