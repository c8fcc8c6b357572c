import { z } from '@hono/zod-openapi'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const DISPLAY_TEXT = 1 // ButtonsResponseMessage.Type

export const buttonsResponse = defineMessage({
	type: 'buttons-response',
	title: 'Answer Buttons',
	description: `The reply that a tap on a button sends. \`reply_to\` is the message with the buttons. ${unverified}`,
	schema: z.object({
		selected_button_id: fields.label('Button', 'Id of the button', 'btn_1'),
		selected_display_text: fields.label('Label', 'Text on the button', 'Option 1'),
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
