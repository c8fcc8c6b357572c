import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const messageReaction = defineEvent({
	type: 'message.reaction',
	title: 'Somebody reacted to a message',
	description:
		'A person has one reaction to a message: the latest takes the place of the one before.',
	data: z.object({
		...aboutMessage,
		emoji: z
			.string()
			.nullable()
			.meta({ description: 'Null when the reaction was taken back', examples: ['👍'] }),
	}),
	example: { ...aboutExample, emoji: '👍' },
})
