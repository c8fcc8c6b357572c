import { z } from '@hono/zod-openapi'
import { defineEvent } from './define.ts'
import { identity } from './identity.ts'

/** What every message says besides what its type adds (`text`, …). */
export const messageData = z.looseObject({
	message_id: z.string(),
	type: z.string().meta({ description: 'A message type, or `unknown`', examples: ['text'] }),
	chat: identity.meta({
		description: 'Where it was written; `chat.id` is what a reply is sent `to`',
	}),
	sender: identity,
	from_me: z.boolean(),
	timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
	reply_to: z.string().nullable().meta({ description: 'Id of the message that this one answers' }),
})

export const messageReceived = defineEvent({
	type: 'message.received',
	title: 'Somebody sent a message',
	data: messageData,
})
