import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const pollVote = defineEvent({
	type: 'poll.vote',
	title: 'A vote in a poll was cast or changed',
	description:
		"A vote replaces the person's earlier one. Votes can be decrypted only with the poll, which is kept for 92 days.",
	data: z.object({
		...aboutMessage,
		poll: z
			.string()
			.nullable()
			.meta({ description: 'The question', examples: ['Red or blue?'] }),
		options: z.array(z.string()).nullable().meta({
			description:
				'All options that the person has chosen now: empty when the vote was taken back, null when it cannot be decrypted',
		}),
		totals: z
			.array(z.object({ option: z.string(), votes: z.number().int() }))
			.nullable()
			.meta({ description: 'Votes per option, as far as this account has seen' }),
	}),
	example: {
		...aboutExample,
		poll: 'Red or blue?',
		options: ['Red'],
		totals: [
			{ option: 'Red', votes: 2 },
			{ option: 'Blue', votes: 1 },
		],
	},
})
