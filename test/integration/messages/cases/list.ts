import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			title: 'Main Menu',
			description: 'Please select an option',
			button_text: 'View Options',
			sections: [
				{
					title: 'Category 1',
					rows: [{ row_id: 'row_1', title: 'Item 1', description: 'Description for item 1' }],
				},
			],
			footer: 'Powered by WA-RS',
		},
		arrives: {
			listMessage: {
				title: 'Main Menu',
				description: 'Please select an option',
				buttonText: 'View Options',
				listType: 'SINGLE_SELECT',
				sections: [
					{
						title: 'Category 1',
						rows: [{ rowId: 'row_1', title: 'Item 1', description: 'Description for item 1' }],
					},
				],
				footerText: 'Powered by WA-RS',
			},
		},
		receive: {
			listMessage: {
				title: 'Drinks',
				buttonText: 'Open',
				sections: [{ title: 'Hot', rows: [{ rowId: 't', title: 'Tea' }] }],
			},
		},
		event: {
			type: 'list',
			text: 'Drinks\n- Tea',
			title: 'Drinks',
			button_text: 'Open',
			sections: [{ title: 'Hot', rows: [{ row_id: 't', title: 'Tea' }] }],
		},
	},
]
