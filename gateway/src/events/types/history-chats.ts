import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const historyChats = defineEvent({
	type: 'history.chats',
	title: 'The phone sent its list of chats',
	description: 'Sent before `history.messages`, to the same webhooks. Up to 100 chats.',
	data: z.object({
		chats: z.array(
			z.object({
				chat: identity,
				unread: z.number().int().meta({ description: 'Number of unread messages' }),
				archived: z.boolean(),
				last_message_at: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
			}),
		),
	}),
	example: {
		chats: [{ chat: examples.ada, unread: 2, archived: false, last_message_at: examples.moment }],
	},
})
