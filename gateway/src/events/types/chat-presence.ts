import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const chatPresence = defineEvent({
	type: 'chat.presence',
	title: 'Somebody is typing, recording or online',
	description:
		'`available` also means: typing has stopped. WhatsApp tells of people whose presence was subscribed to, ' +
		'and only while this account is itself online.',
	data: z.object({
		chat: identity,
		sender: identity.meta({ description: 'Who it is' }),
		presence: z.enum(['available', 'unavailable', 'composing', 'recording', 'paused']),
		last_seen: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Unix time in seconds; null where people hide it' }),
	}),
	example: { chat: examples.ada, sender: examples.ada, presence: 'composing', last_seen: null },
})
