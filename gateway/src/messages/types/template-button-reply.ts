import { z } from '@hono/zod-openapi'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

export const templateButtonReply = defineMessage({
	type: 'template-button-reply',
	title: 'Answer Template',
	description: `The reply that a tap on a template's button sends. \`reply_to\` is the template. ${unverified}`,
	schema: z.object({
		selected_id: fields.label('Button', 'Id of the button', 'btn_1'),
		selected_display_text: fields.label('Label', 'Text on the button', 'Option 1'),
		selected_index: z
			.number()
			.int()
			.min(0)
			.max(100)
			.optional()
			.meta({ title: 'Index', description: 'Index of the button, from 0', examples: [0] }),
	}),
	toContent: (input) => ({
		templateButtonReplyMessage: {
			selectedId: input.selected_id,
			selectedDisplayText: input.selected_display_text,
			selectedIndex: input.selected_index,
		},
	}),
	fromContent({ templateButtonReplyMessage: reply }) {
		if (!reply) return undefined
		return {
			selected_id: reply.selectedId ?? '',
			selected_display_text: reply.selectedDisplayText ?? '',
			selected_index: reply.selectedIndex ?? undefined,
			selected_card_index: reply.selectedCarouselCardIndex ?? undefined,
		}
	},
	textOf: ({ selected_display_text: label }) => label,
})
