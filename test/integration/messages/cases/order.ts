import type { Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			order_id: 'ORD-001',
			item_count: 3,
			status: 'inquiry',
			message: "I'd like to order these items",
			order_title: 'My Order',
			seller_jid: '+4915112345678',
			token: 'dG9rZW4=',
			total_amount_1000: 50_000_000_000,
			total_currency_code: 'USD',
		},
		arrives: {
			orderMessage: {
				orderId: 'ORD-001',
				itemCount: 3,
				status: 'INQUIRY',
				surface: 'CATALOG',
				message: "I'd like to order these items",
				orderTitle: 'My Order',
				sellerJid: '4915112345678@s.whatsapp.net',
				token: 'dG9rZW4=',
				totalAmount1000: 50_000_000_000,
				totalCurrencyCode: 'USD',
			},
		},
		receive: {
			orderMessage: {
				orderId: '7',
				itemCount: 2,
				status: 2,
				orderTitle: 'Fruit',
				totalAmount1000: 4_500,
				totalCurrencyCode: 'EUR',
			},
		},
		event: {
			type: 'order',
			text: 'Fruit\n4.50 EUR',
			order_id: '7',
			item_count: 2,
			status: 'accepted',
			order_title: 'Fruit',
			total_amount_1000: 4_500,
			total_currency_code: 'EUR',
		},
	},
	{
		send: { order_id: 'ORD-002' },
		arrives: { orderMessage: { orderId: 'ORD-002', surface: 'CATALOG' } },
	},
]
