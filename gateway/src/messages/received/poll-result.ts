import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'

const QUIZ = 1 // PollType

export const pollResult = defineReceived({
	type: 'poll-result',
	title: 'Poll Result',
	description: 'The forwarded result of a poll.',
	schema: z.object({
		name: z.string().meta({ description: 'The question' }),
		totals: z.array(z.object({ option: z.string(), votes: z.number() })),
		quiz: z.boolean().optional(),
	}),
	fromContent({ pollResultSnapshotMessage: first, pollResultSnapshotMessageV3: third }) {
		const result = first ?? third
		if (!result) return undefined
		return {
			name: result.name ?? '',
			totals: (result.pollVotes ?? []).map(({ optionName, optionVoteCount }) => ({
				option: optionName ?? '',
				votes: Number(optionVoteCount ?? 0),
			})),
			...(result.pollType === QUIZ && { quiz: true }),
		}
	},
	textOf: ({ name, totals }) =>
		[name, ...totals.map(({ option, votes }) => `- ${option}: ${votes}`)].join('\n'),
})
