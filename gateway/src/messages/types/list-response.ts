import { z } from '@hono/zod-openapi'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const SINGLE_SELECT = 1 // ListResponseMessage.ListType

export const listResponse = defineMessage({
	type: 'list-response',
	title: 'Answer List',
	description: `The reply that choosing a row of a list sends. \`reply_to\` is the list. ${unverified}`,
	schema: z.object({
		title: fields.label('Title', 'Text of the row', 'Category 1'),
		selected_row_id: fields.label('Row', 'Id of the row', 'row_1'),
		description: z
			.string()
			.max(1_024)
			.optional()
			.meta({
				title: 'Description',
				description: 'Text below the title of the row',
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
