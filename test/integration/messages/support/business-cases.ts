import { cards, readCards } from './cards.ts'
import type { ReceivedCase } from './received-case.ts'

/** What businesses send besides templates, in types that can be sent as well. */
export const businessCases: ReceivedCase[] = [
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
]
