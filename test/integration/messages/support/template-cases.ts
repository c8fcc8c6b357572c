import { cards, flow, readCards } from './cards.ts'
import type { ReceivedCase } from './received-case.ts'

const filled = {
	hydratedTitleText: 'Order confirmed',
	hydratedContentText: 'Your code is 123456',
	hydratedFooterText: 'Shop Ltd',
	hydratedButtons: [
		{ index: 0, quickReplyButton: { displayText: 'Thanks', id: 'ok' } },
		{ index: 1, urlButton: { displayText: 'Track', url: 'https://example.com/1' } },
		{ index: 2, callButton: { displayText: 'Call us', phoneNumber: '+4930123' } },
		{ index: 3 },
	],
}

const template = {
	type: 'template',
	title: 'Order confirmed',
	text: 'Your code is 123456',
	footer: 'Shop Ltd',
	buttons: [
		{ kind: 'quick_reply', label: 'Thanks', id: 'ok' },
		{ kind: 'url', label: 'Track', url: 'https://example.com/1' },
		{ kind: 'call', label: 'Call us', phone: '+4930123' },
		{ kind: '', label: '' },
	],
}

export const templateCases: ReceivedCase[] = [
	{
		what: 'a template that is filled in',
		receive: { templateMessage: { hydratedTemplate: filled, templateId: 'T1' } },
		event: { ...template, template_id: 'T1' },
	},
	{
		what: 'its older form',
		receive: { templateMessage: { hydratedFourRowTemplate: { ...filled, templateId: 'T2' } } },
		event: { ...template, template_id: 'T2' },
	},
	{
		what: 'a template in both forms, of which one is empty',
		receive: { templateMessage: { hydratedTemplate: {}, hydratedFourRowTemplate: filled } },
		event: template,
	},
	{
		what: 'a template in a highly structured message',
		receive: { highlyStructuredMessage: { hydratedHsm: { hydratedTemplate: filled } } },
		event: template,
	},
	{
		what: 'a template whose words the phone looks up',
		receive: {
			templateMessage: {
				fourRowTemplate: {
					highlyStructuredMessage: { params: ['Order'] },
					content: { elementName: 'otp', params: ['123456', '5 minutes'] },
					footer: { localizableParams: [{ default: 'Shop Ltd' }] },
					buttons: [
						{ quickReplyButton: { displayText: { params: ['Thanks'] }, id: 'ok' } },
						{
							urlButton: { displayText: { params: ['Track'] }, url: { params: ['https://e.com'] } },
						},
						{ callButton: { displayText: { params: ['Call'] }, phoneNumber: { params: ['1'] } } },
					],
				},
			},
		},
		event: {
			type: 'template',
			title: 'Order',
			text: '123456\n5 minutes',
			footer: 'Shop Ltd',
			buttons: [
				{ kind: 'quick_reply', label: 'Thanks', id: 'ok' },
				{ kind: 'url', label: 'Track', url: 'https://e.com' },
				{ kind: 'call', label: 'Call', phone: '1' },
			],
		},
	},
	{
		what: 'a template that is an interactive message',
		receive: {
			templateMessage: {
				interactiveMessageTemplate: {
					header: { title: 'Code' },
					body: { text: '123456' },
					footer: { text: 'Shop Ltd' },
					nativeFlowMessage: {
						buttons: [flow('cta_copy', { display_text: 'Copy code', copy_code: '123456' })],
					},
				},
			},
		},
		event: {
			type: 'template',
			title: 'Code',
			text: '123456',
			footer: 'Shop Ltd',
			buttons: [{ kind: 'copy', label: 'Copy code', code: '123456' }],
		},
	},
	{
		what: 'a template that is a carousel',
		receive: {
			templateMessage: {
				interactiveMessageTemplate: { body: { text: 'Look' }, carouselMessage: { cards } },
			},
		},
		event: { type: 'template', text: 'Look', buttons: [], cards: readCards },
	},
	{
		what: 'a template with a place, which linked devices may not show',
		receive: {
			templateMessage: {
				hydratedTemplate: {
					locationMessage: { degreesLatitude: 1, degreesLongitude: 2, name: 'Shop' },
					maskLinkedDevices: true,
				},
			},
		},
		event: {
			type: 'template',
			text: null,
			buttons: [],
			location: { latitude: 1, longitude: 2, name: 'Shop' },
			masked: true,
		},
	},
	{
		what: 'a template that says nothing',
		receive: { templateMessage: {} },
		event: { type: 'template', text: null, buttons: [] },
	},
]
