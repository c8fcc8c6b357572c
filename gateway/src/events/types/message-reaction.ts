import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const messageReaction = defineEvent({
	type: 'message.reaction',
	title: 'A reaction to a message was added, changed or removed',
	description: 'A person has one reaction per message: a new one replaces it.',
	data: z.object({
		...aboutMessage,
		emoji: z
			.string()
			.nullable()
			.meta({ description: 'Null when the reaction was removed', examples: ['👍'] }),
	}),
	example: { ...aboutExample, emoji: '👍' },
})
