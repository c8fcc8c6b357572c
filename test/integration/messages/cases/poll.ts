import type { Case } from '../support/conversation.ts'

const name = "What's your favorite color?"
const options = [{ optionName: 'Red' }, { optionName: 'Blue' }]

export const cases: Case[] = [
	{
		send: { name, options: ['Red', 'Blue'], selectable_count: 1 },
		arrives: { pollCreationMessageV3: { name, options, selectableOptionsCount: 1 } },
		receive: { pollCreationMessageV3: { name, options, selectableOptionsCount: 1 } },
		event: {
			type: 'poll',
			text: `${name}\n- Red\n- Blue`,
			name,
			options: ['Red', 'Blue'],
			selectable_count: 1,
		},
	},
	{
		send: { name, options: ['Red', 'Blue'] },
		arrives: { pollCreationMessage: { name, options, selectableOptionsCount: 0 } },
		receive: { pollCreationMessage: { name, options, selectableOptionsCount: 2 } },
		event: {
			type: 'poll',
			text: `${name}\n- Red\n- Blue`,
			name,
			options: ['Red', 'Blue'],
			selectable_count: 2,
		},
	},
	{
		send: { name, options: ['Red', 'Blue'], to_announcement_group: true },
		arrives: { pollCreationMessageV2: { name, options, selectableOptionsCount: 0 } },
		receive: { pollCreationMessageV2: { name, options } },
		event: {
			type: 'poll',
			text: `${name}\n- Red\n- Blue`,
			name,
			options: ['Red', 'Blue'],
			selectable_count: 0,
			to_announcement_group: true,
		},
	},
]
