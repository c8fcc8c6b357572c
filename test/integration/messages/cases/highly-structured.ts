import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			namespace: 'your_namespace',
			element_name: 'template_name',
			params: ['param1', 'param2'],
			fallback_lg: 'en',
			fallback_lc: 'US',
		},
		arrives: {
			highlyStructuredMessage: {
				namespace: 'your_namespace',
				elementName: 'template_name',
				params: ['param1', 'param2'],
				fallbackLg: 'en',
				fallbackLc: 'US',
			},
		},
		receive: {
			highlyStructuredMessage: { namespace: 'n', elementName: 'welcome', params: ['Ann'] },
		},
		event: {
			type: 'highly-structured',
			text: 'Ann',
			namespace: 'n',
			element_name: 'welcome',
			params: ['Ann'],
		},
	},
]
