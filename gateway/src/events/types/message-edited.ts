import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { messageData, messageExample } from './message-received.ts'

export const messageEdited = defineEvent({
	type: 'message.edited',
	title: 'A message was changed',
	description:
		'`message_id` is that of the message, which from now on says what is told here. An edit of a message that ' +
		'somebody else wrote is not told: WhatsApp does not show it either.',
	data: messageData.extend({
		timestamp: z.number().int().meta({ description: 'When it was changed: Unix time in seconds' }),
	}),
	example: { ...messageExample, text: 'Hello Bob!' },
})
