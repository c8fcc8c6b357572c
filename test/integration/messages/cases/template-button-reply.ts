import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { selected_id: 'btn_1', selected_display_text: 'Option 1', selected_index: 0 },
		arrives: {
			templateButtonReplyMessage: {
				selectedId: 'btn_1',
				selectedDisplayText: 'Option 1',
				selectedIndex: 0,
			},
		},
		receive: {
			templateButtonReplyMessage: {
				selectedId: 'y',
				selectedDisplayText: 'Yes',
				selectedIndex: 2,
			},
		},
		event: {
			type: 'template-button-reply',
			text: 'Yes',
			selected_id: 'y',
			selected_display_text: 'Yes',
			selected_index: 2,
		},
	},
]
