import type { proto } from '@whiskeysockets/baileys'

/** What others send, and what the event says of it besides who and when. */
type ReceivedCase = {
	what: string
	receive: proto.IMessage
	event: { type: string; [field: string]: unknown }
}

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

const flow = (name: string, parameters: object) => ({
	name,
	buttonParamsJson: JSON.stringify(parameters),
})

const cards = [
	{
		header: { title: 'Red', subtitle: 'cotton', hasMediaAttachment: true },
		body: { text: 'A red shirt' },
		footer: { text: '9.99' },
		nativeFlowMessage: {
			buttons: [
				flow('quick_reply', { display_text: 'Buy', id: 'red' }),
				flow('cta_url', { display_text: 'Look', url: 'https://example.com/red' }),
				flow('cta_call', { display_text: 'Call', phone_number: '+4930123' }),
				flow('cta_copy', { display_text: 'Copy', copy_code: 'R10' }),
				flow('single_select', { title: 'Sizes', sections: [] }),
				{ name: 'broken', buttonParamsJson: '{' },
			],
		},
	},
	{},
]

const readCards = [
	{
		title: 'Red\ncotton',
		text: 'A red shirt',
		footer: '9.99',
		buttons: [
			{ kind: 'quick_reply', label: 'Buy', id: 'red' },
			{ kind: 'url', label: 'Look', url: 'https://example.com/red' },
			{ kind: 'call', label: 'Call', phone: '+4930123' },
			{ kind: 'copy', label: 'Copy', code: 'R10' },
			{ kind: 'single_select', label: 'Sizes' },
			{ kind: 'broken', label: '' },
		],
	},
	{ buttons: [] },
]

export const receivedCases: ReceivedCase[] = [
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
	{
		what: 'a carousel',
		receive: { interactiveMessage: { body: { text: 'Look' }, carouselMessage: { cards } } },
		event: { type: 'interactive', text: 'Look', body_text: 'Look', buttons: [], cards: readCards },
	},
	{
		what: 'a shop',
		receive: {
			interactiveMessage: { header: { title: 'Shop' }, shopStorefrontMessage: { id: 'S1' } },
		},
		event: {
			type: 'interactive',
			text: 'Shop',
			header_text: 'Shop',
			body_text: '',
			buttons: [],
			shop_id: 'S1',
		},
	},
	{
		what: 'a list of products',
		receive: {
			listMessage: {
				title: 'Shirts',
				listType: 2,
				productListInfo: {
					businessOwnerJid: '4930123@s.whatsapp.net',
					productSections: [{ title: 'Red', products: [{ productId: 'P1' }] }],
				},
			},
		},
		event: {
			type: 'list',
			text: 'Shirts',
			title: 'Shirts',
			sections: [],
			seller_jid: '4930123@s.whatsapp.net',
			product_sections: [{ title: 'Red', product_ids: ['P1'] }],
		},
	},
	{
		what: 'a catalog',
		receive: {
			productMessage: {
				catalog: { title: 'All shirts', description: 'of 2026' },
				businessOwnerJid: '4930123@s.whatsapp.net',
			},
		},
		event: {
			type: 'product',
			text: 'All shirts',
			catalog: true,
			seller_jid: '4930123@s.whatsapp.net',
			title: 'All shirts',
			description: 'of 2026',
		},
	},
	{
		what: 'buttons of a native flow',
		receive: {
			buttonsMessage: {
				contentText: 'Pay?',
				buttons: [
					{ buttonId: 'b1', nativeFlowInfo: { name: 'x', paramsJson: '{"display_text":"Yes"}' } },
				],
			},
		},
		event: {
			type: 'buttons',
			text: 'Pay?\n- Yes',
			content_text: 'Pay?',
			buttons: [{ button_id: 'b1', display_text: 'Yes' }],
		},
	},
	{
		what: 'the tap on a card of a carousel',
		receive: {
			templateButtonReplyMessage: {
				selectedId: 'red',
				selectedDisplayText: 'Buy',
				selectedCarouselCardIndex: 1,
			},
		},
		event: {
			type: 'template-button-reply',
			text: 'Buy',
			selected_id: 'red',
			selected_display_text: 'Buy',
			selected_card_index: 1,
		},
	},
	{
		what: 'a quiz',
		receive: {
			pollCreationMessageV5: {
				name: 'Which?',
				options: [{ optionName: 'Red' }, { optionName: 'Blue' }],
				pollType: 1,
				correctAnswer: { optionName: 'Blue' },
			},
		},
		event: {
			type: 'poll',
			text: 'Which?\n- Red\n- Blue',
			name: 'Which?',
			options: ['Red', 'Blue'],
			selectable_count: 0,
			quiz: true,
			correct_option: 'Blue',
		},
	},
	{
		what: 'a call that is an event, with a time that cannot be',
		receive: {
			eventMessage: {
				name: 'Call',
				startTime: '9223372036854775807' as never,
				isScheduleCall: true,
				hasReminder: true,
				reminderOffsetSec: 600,
			},
		},
		event: {
			type: 'event',
			text: 'Call',
			name: 'Call',
			scheduled_call: true,
			reminder_seconds: 600,
		},
	},
	{
		what: 'a sticker pack',
		receive: {
			stickerPackMessage: {
				name: 'cats',
				publisher: 'Ada',
				packDescription: 'of the house',
				caption: 'for you',
				stickerPackId: 'P1',
				stickers: [{ fileName: 'a.webp', emojis: ['🐈'], isAnimated: true }, {}],
			},
		},
		event: {
			type: 'sticker-pack',
			text: 'for you',
			name: 'cats',
			publisher: 'Ada',
			description: 'of the house',
			caption: 'for you',
			pack_id: 'P1',
			stickers: [{ filename: 'a.webp', emojis: ['🐈'], animated: true }, { emojis: [] }],
		},
	},
	...(['pollResultSnapshotMessage', 'pollResultSnapshotMessageV3'] as const).map((kind) => ({
		what: `the votes of a poll in ${kind}`,
		receive: {
			[kind]: {
				name: 'Which?',
				pollVotes: [{ optionName: 'Red', optionVoteCount: 3 }, { optionName: 'Blue' }],
				pollType: 1,
			},
		},
		event: {
			type: 'poll-result',
			text: 'Which?\n- Red: 3\n- Blue: 0',
			name: 'Which?',
			totals: [
				{ option: 'Red', votes: 3 },
				{ option: 'Blue', votes: 0 },
			],
			quiz: true,
		},
	})),
	{
		what: 'how a call ended',
		receive: {
			callLogMesssage: {
				isVideo: true,
				callOutcome: 0,
				durationSecs: 61,
				callType: 0,
				participants: [{ jid: '491700000002@s.whatsapp.net', callOutcome: 3 }],
			},
		},
		event: {
			type: 'call-log',
			text: null,
			outcome: 'connected',
			video: true,
			seconds: 61,
			call_type: 'regular',
			participants: [{ jid: '491700000002@s.whatsapp.net', outcome: 'rejected' }],
		},
	},
	{
		what: 'a call of which nothing is said',
		receive: { callLogMesssage: {} },
		event: { type: 'call-log', text: null, video: false },
	},
	{
		what: 'the answer of an AI',
		receive: {
			richResponseMessage: {
				submessages: [
					{ messageType: 2, messageText: 'So:' },
					{
						codeMetadata: {
							codeLanguage: 'js',
							codeBlocks: [{ codeContent: 'let ' }, { codeContent: 'a' }],
						},
					},
					{ tableMetadata: { title: 'T', rows: [{ items: ['a', 'b'] }, { items: ['1', '2'] }] } },
					{ latexMetadata: { text: 'a^2' } },
					{
						imageMetadata: { imageText: 'a cat', imageUrl: { imageHighResUrl: 'https://e.com/c' } },
					},
					{ gridImageMetadata: { imageUrls: [{ imagePreviewUrl: 'https://e.com/p' }] } },
					{ dynamicMetadata: { url: 'https://e.com/d' } },
					{ mapMetadata: { annotations: [{ title: 'Here', body: 'the shop' }] } },
					{
						contentItemsMetadata: {
							itemsMetadata: [{ reelItem: { title: 'R', videoUrl: 'https://e.com/v' } }],
						},
					},
					{},
				],
			},
		},
		event: {
			type: 'rich-response',
			text: 'So:\n\nlet a\n\nT\na | b\n1 | 2\n\na^2\n\na cat\n\nHere\nthe shop\n\nR',
			parts: [
				{ kind: 'text', text: 'So:' },
				{ kind: 'code', text: 'let a', language: 'js' },
				{ kind: 'table', text: 'T\na | b\n1 | 2' },
				{ kind: 'formula', text: 'a^2' },
				{ kind: 'image', text: 'a cat', urls: ['https://e.com/c'] },
				{ kind: 'image', urls: ['https://e.com/p'] },
				{ kind: 'image', urls: ['https://e.com/d'] },
				{ kind: 'map', text: 'Here\nthe shop' },
				{ kind: 'video', text: 'R', urls: ['https://e.com/v'] },
				{ kind: 'other' },
			],
		},
	},
	{
		what: 'the answer of an AI in one piece of JSON',
		receive: {
			botForwardedMessage: {
				message: {
					richResponseMessage: {
						unifiedResponse: {
							data: Buffer.from(
								JSON.stringify({ sections: [{ view_model: { primitive: { text: 'Hello' } } }] }),
							),
						},
					},
				},
			},
		},
		event: { type: 'rich-response', text: 'Hello', parts: [{ kind: 'text', text: 'Hello' }] },
	},
	...(['questionResponseMessage', 'statusQuestionAnswerMessage'] as const).map((kind) => ({
		what: `the answer to a question in ${kind}`,
		receive: { [kind]: { key: { id: 'Q1' }, text: 'blue' } },
		event: { type: 'question-answer', text: 'blue', question_message_id: 'Q1' },
	})),
	{
		what: 'an answer that is quoted from a status',
		receive: { statusQuotedMessage: { type: 1, text: 'blue', originalStatusId: { id: 'Q1' } } },
		event: { type: 'question-answer', text: 'blue', question_message_id: 'Q1' },
	},
	{
		what: 'that a status mentions somebody',
		receive: {
			statusMentionMessage: { message: { protocolMessage: { type: 25, key: { id: 'S1' } } } },
		},
		event: { type: 'status-notification', text: null, kind: 'mention', status_message_id: 'S1' },
	},
	{
		what: 'that a status was shared',
		receive: {
			statusNotificationMessage: {
				type: 2,
				responseMessageKey: { id: 'S2' },
				originalMessageKey: { id: 'S1' },
			},
		},
		event: {
			type: 'status-notification',
			text: null,
			kind: 'reshare',
			status_message_id: 'S2',
			original_message_id: 'S1',
		},
	},
	{
		what: 'a sticker on a status',
		receive: {
			statusStickerInteractionMessage: { key: { id: 'S1' }, stickerKey: 'hearts', type: 1 },
		},
		event: {
			type: 'status-notification',
			text: null,
			kind: 'sticker',
			original_message_id: 'S1',
			sticker: 'hearts',
		},
	},
	{
		what: 'the label of a member',
		receive: { protocolMessage: { type: 30, memberLabel: { label: 'Coach' } } },
		event: { type: 'member-label', text: 'Coach', label: 'Coach' },
	},
	{
		what: 'what is of no type, with what can be read of it',
		receive: { bcallMessage: { sessionId: 'X', caption: 'We are live', mediaType: 1 } },
		event: { type: 'unknown', kind: 'bcallMessage', text: 'We are live' },
	},
	{
		what: 'what is of no type and has nothing to read',
		receive: { messageHistoryNotice: { messageHistoryMetadata: { messageCount: 3 } } },
		event: { type: 'unknown', kind: 'messageHistoryNotice', text: null },
	},
]
