import { z } from '@hono/zod-openapi'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const DISPLAY_TEXT = 1 // ButtonsResponseMessage.Type

export const buttonsResponse = defineMessage({
	type: 'buttons-response',
	title: 'Answer Buttons',
	description: `What a press on one of the buttons of a message says. \`reply_to\` is that message. ${unverified}`,
	schema: z.object({
		selected_button_id: fields.label('Button', "The button's id", 'btn_1'),
		selected_display_text: fields.label('Label', 'What is on the button', 'Option 1'),
	}),
	toContent: ({ selected_button_id: id, selected_display_text: label }) => ({
		buttonsResponseMessage: {
			selectedButtonId: id,
			selectedDisplayText: label,
			type: DISPLAY_TEXT,
		},
	}),
	fromContent({ buttonsResponseMessage: response }) {
		if (!response) return undefined
		return {
			selected_button_id: response.selectedButtonId ?? '',
			selected_display_text: response.selectedDisplayText ?? '',
		}
	},
	textOf: ({ selected_display_text: label }) => label,
})
