import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const eventResponse = defineEvent({
	type: 'event.response',
	title: 'Somebody said whether they come to an event',
	description: 'An answer takes the place of the same person’s earlier one.',
	data: z.object({
		...aboutMessage,
		event: z
			.string()
			.nullable()
			.meta({ description: 'Its name', examples: ['Team lunch'] }),
		response: z
			.enum(['going', 'not_going', 'maybe'])
			.nullable()
			.meta({ description: 'Null when it cannot be read: events are remembered for 92 days' }),
		extra_guests: z.number().int().meta({ description: 'How many they bring' }),
	}),
	example: { ...aboutExample, event: 'Team lunch', response: 'going', extra_guests: 0 },
})
