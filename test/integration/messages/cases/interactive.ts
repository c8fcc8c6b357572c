import type { Case } from '../support/conversation.ts'

const params = '{"display_text":"Click Me","id":"btn1"}'

export const cases: Case[] = [
	{
		send: {
			body_text: 'Choose an action',
			footer_text: 'Powered by WA-RS',
			buttons: [{ name: 'quick_reply', button_params_json: params }],
		},
		arrives: {
			interactiveMessage: {
				body: { text: 'Choose an action' },
				footer: { text: 'Powered by WA-RS' },
				nativeFlowMessage: {
					buttons: [{ name: 'quick_reply', buttonParamsJson: params }],
					messageVersion: 1,
				},
			},
		},
		receive: {
			interactiveMessage: {
				header: { title: 'Shop' },
				body: { text: 'Buy?' },
				nativeFlowMessage: { buttons: [{ name: 'quick_reply', buttonParamsJson: params }] },
			},
		},
		event: {
			type: 'interactive',
			text: 'Buy?\n- Click Me',
			body_text: 'Buy?',
			header_text: 'Shop',
			buttons: [{ name: 'quick_reply', button_params_json: params }],
		},
	},
]
