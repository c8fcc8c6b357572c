import type { Case } from '../support/conversation.ts'

const params = '{"id":"btn1"}'

export const cases: Case[] = [
	{
		send: { body_text: 'Response body', name: 'quick_reply', params_json: params },
		arrives: {
			interactiveResponseMessage: {
				body: { text: 'Response body', format: 'DEFAULT' },
				nativeFlowResponseMessage: { name: 'quick_reply', paramsJson: params, version: 3 },
			},
		},
		receive: {
			interactiveResponseMessage: {
				body: { text: 'Click Me', format: 0 },
				nativeFlowResponseMessage: { name: 'menu_options', paramsJson: params, version: 3 },
			},
		},
		event: {
			type: 'interactive-response',
			text: 'Click Me',
			body_text: 'Click Me',
			name: 'menu_options',
			params_json: params,
			version: 3,
		},
	},
]
