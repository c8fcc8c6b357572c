import { z } from '@hono/zod-openapi'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const SINGLE_SELECT = 1 // ListResponseMessage.ListType

export const listResponse = defineMessage({
	type: 'list-response',
	title: 'Answer List',
	description: `What the choice of a row of a list says. \`reply_to\` is the list. ${unverified}`,
	schema: z.object({
		title: fields.label('Title', 'What stands in the row', 'Category 1'),
		selected_row_id: fields.label('Row', "The row's id", 'row_1'),
		description: z
			.string()
			.max(1_024)
			.optional()
			.meta({
				title: 'Description',
				description: 'What stands below the title',
				examples: ['Description for the selection'],
			}),
	}),
	toContent: ({ title, selected_row_id: selectedRowId, description }) => ({
		listResponseMessage: {
			title,
			description,
			listType: SINGLE_SELECT,
			singleSelectReply: { selectedRowId },
		},
	}),
	fromContent({ listResponseMessage: response }) {
		if (!response) return undefined
		return {
			title: response.title ?? '',
			selected_row_id: response.singleSelectReply?.selectedRowId ?? '',
			description: response.description || undefined,
		}
	},
	textOf: ({ title }) => title,
})
