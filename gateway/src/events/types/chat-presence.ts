import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const chatPresence = defineEvent({
	type: 'chat.presence',
	title: 'A person is typing, recording or online',
	description:
		'`available` also means that typing has stopped. WhatsApp reports only people whose presence was subscribed to, and only while this account is online itself.',
	data: z.object({
		chat: identity,
		sender: identity.meta({ description: 'The person' }),
		presence: z.enum(['available', 'unavailable', 'composing', 'recording', 'paused']),
		last_seen: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Unix time in seconds; null if the person hides it' }),
	}),
	example: { chat: examples.ada, sender: examples.ada, presence: 'composing', last_seen: null },
})
