import { z } from '@hono/zod-openapi'
import { mentionable } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const QUIZ = 1 // PollType

const option = z.string().trim().min(1).max(100)

export const poll = defineMessage({
	type: 'poll',
	title: 'Poll',
	description: 'A poll: a question with options to choose from.',
	schema: z
		.object({
			name: z
				.string()
				.min(1)
				.max(255)
				.meta({
					title: 'Question',
					description: 'Text of the question',
					examples: ["What's your favorite color?"],
				}),
			options: z
				.array(option)
				.min(2)
				.max(12)
				// A vote names an answer by the hash of its text.
				.refine((options) => new Set(options).size === options.length, 'must all be different')
				.meta({
					title: 'Options',
					description: 'The options; each must be unique',
					examples: [['Red', 'Blue', 'Green', 'Yellow']],
				}),
			selectable_count: z
				.number()
				.int()
				.min(0)
				.max(12)
				.default(0)
				.meta({
					title: 'Selectable Count',
					description: 'How many options a person may choose; 0 for any number',
					examples: [1],
				}),
			to_announcement_group: z
				.boolean()
				.default(false)
				.meta({
					title: 'To Announcement Group',
					description: 'Whether the poll is for the announcement group of a community',
					examples: [false],
				}),
			...mentionable,
		})
		.refine(({ options, selectable_count: count }) => count <= options.length, {
			path: ['selectable_count'],
			error: 'must not be more than there are options',
		}),
	toContent({ name, options, selectable_count: count, to_announcement_group: isAnnounced }) {
		const poll = {
			name,
			selectableOptionsCount: count,
			options: options.map((optionName) => ({ optionName })),
		}
		// Each has a field of its own: those of announcement groups, of one choice, of several.
		if (isAnnounced) return { pollCreationMessageV2: poll }
		return count === 1 ? { pollCreationMessageV3: poll } : { pollCreationMessage: poll }
	},
	fromContent(content) {
		const { pollCreationMessageV2: announced, pollCreationMessageV3: single } = content
		const poll = content.pollCreationMessage ?? announced ?? single ?? content.pollCreationMessageV5
		if (!poll) return undefined
		return {
			name: poll.name ?? '',
			options: (poll.options ?? []).map(({ optionName }) => optionName ?? ''),
			selectable_count: poll.selectableOptionsCount ?? 0,
			...(announced && { to_announcement_group: true }),
			...(poll.pollType === QUIZ && {
				quiz: true,
				correct_option: poll.correctAnswer?.optionName || undefined,
			}),
		}
	},
	textOf: ({ name, options }) => [name, ...(options ?? []).map((text) => `- ${text}`)].join('\n'),
	stanza: () => ({ nodes: [{ tag: 'meta', attrs: { polltype: 'creation' } }] }),
})
