import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const eventResponse = defineEvent({
	type: 'event.response',
	title: 'A person accepted or declined an event',
	description: "An answer replaces the person's earlier one.",
	data: z.object({
		...aboutMessage,
		event: z
			.string()
			.nullable()
			.meta({ description: 'Name of the event', examples: ['Team lunch'] }),
		response: z
			.enum(['going', 'not_going', 'maybe'])
			.nullable()
			.meta({ description: 'Null when it cannot be decrypted: events are kept for 92 days' }),
		extra_guests: z.number().int().meta({ description: 'Number of additional guests' }),
	}),
	example: { ...aboutExample, event: 'Team lunch', response: 'going', extra_guests: 0 },
})
