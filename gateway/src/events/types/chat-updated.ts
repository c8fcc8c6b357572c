import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const chatUpdated = defineEvent({
	type: 'chat.updated',
	title: 'Disappearing messages were set in a chat with a person',
	description:
		'By either side. Later sends to the chat follow it. In groups this is `group.updated`; what the gateway sets itself causes no event.',
	data: z.object({
		chat: identity.meta({ description: 'The chat' }),
		by: identity.meta({ description: 'The person who did it' }),
		from_me: z
			.boolean()
			.meta({ description: 'Whether it was done from another device of the account' }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		expiration: z
			.number()
			.int()
			.meta({ description: 'Seconds after which messages disappear; 0 when they stay' }),
	}),
	example: {
		chat: examples.ada,
		by: examples.ada,
		from_me: false,
		timestamp: examples.moment,
		expiration: 86_400,
	},
})
