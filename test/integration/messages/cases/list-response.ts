import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			title: 'Category 1',
			selected_row_id: 'row_1',
			description: 'Description for the selection',
		},
		arrives: {
			listResponseMessage: {
				title: 'Category 1',
				description: 'Description for the selection',
				listType: 'SINGLE_SELECT',
				singleSelectReply: { selectedRowId: 'row_1' },
			},
		},
		receive: {
			listResponseMessage: { title: 'Tea', singleSelectReply: { selectedRowId: 't' } },
		},
		event: { type: 'list-response', text: 'Tea', title: 'Tea', selected_row_id: 't' },
	},
]
