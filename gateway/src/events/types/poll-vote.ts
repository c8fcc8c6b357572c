import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const pollVote = defineEvent({
	type: 'poll.vote',
	title: 'Somebody voted in a poll',
	description:
		'A vote takes the place of the same person’s earlier one. Votes are secret to who does not have the poll: ' +
		'polls are remembered for 92 days.',
	data: z.object({
		...aboutMessage,
		poll: z
			.string()
			.nullable()
			.meta({ description: 'What was asked', examples: ['Red or blue?'] }),
		options: z.array(z.string()).nullable().meta({
			description:
				'Everything that is chosen now: empty when the vote was taken back, null when it cannot be read',
		}),
		totals: z
			.array(z.object({ option: z.string(), votes: z.number().int() }))
			.nullable()
			.meta({ description: 'How many have chosen each option, as far as this account has seen' }),
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
