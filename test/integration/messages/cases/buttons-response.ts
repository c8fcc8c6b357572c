import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: { selected_button_id: 'btn_1', selected_display_text: 'Option 1' },
		arrives: {
			buttonsResponseMessage: {
				selectedButtonId: 'btn_1',
				selectedDisplayText: 'Option 1',
				type: 'DISPLAY_TEXT',
			},
		},
		receive: {
			buttonsResponseMessage: { selectedButtonId: 'y', selectedDisplayText: 'Yes', type: 1 },
		},
		event: {
			type: 'buttons-response',
			text: 'Yes',
			selected_button_id: 'y',
			selected_display_text: 'Yes',
		},
	},
]
