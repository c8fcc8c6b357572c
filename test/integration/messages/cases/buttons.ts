import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			content_text: 'Please choose an option',
			footer: 'Powered by WA-RS',
			buttons: [
				{ button_id: 'btn_1', display_text: 'Option 1' },
				{ button_id: 'btn_2', display_text: 'Option 2' },
			],
			header_text: 'Main Menu',
		},
		arrives: {
			buttonsMessage: {
				contentText: 'Please choose an option',
				footerText: 'Powered by WA-RS',
				headerType: 'TEXT',
				text: 'Main Menu',
				buttons: [
					{ buttonId: 'btn_1', buttonText: { displayText: 'Option 1' }, type: 'RESPONSE' },
					{ buttonId: 'btn_2', buttonText: { displayText: 'Option 2' }, type: 'RESPONSE' },
				],
			},
		},
		receive: {
			buttonsMessage: {
				contentText: 'Tea?',
				buttons: [{ buttonId: 'y', buttonText: { displayText: 'Yes' }, type: 1 }],
			},
		},
		event: {
			type: 'buttons',
			text: 'Tea?\n- Yes',
			content_text: 'Tea?',
			buttons: [{ button_id: 'y', display_text: 'Yes' }],
		},
	},
]
