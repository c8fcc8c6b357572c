import { uploaded, type Case } from '../support/conversation.ts'

export const cases: Case[] = [
	{
		send: {
			image: uploaded.given,
			product_id: '5214366498629562',
			seller_jid: '4915112345678@c.us',
			title: 'Umbrella',
			description: 'Keeps you dry',
			price_amount_1000: 9_990,
			sale_amount_1000: 7_990,
			currency_code: 'EUR',
			retailer_id: 'UMB-1',
			url: 'https://example.com/umbrella',
			body: 'Only today',
			footer: 'While stocks last',
		},
		arrives: {
			productMessage: {
				product: {
					productImage: uploaded.arrives,
					productImageCount: 1,
					productId: '5214366498629562',
					title: 'Umbrella',
					description: 'Keeps you dry',
					currencyCode: 'EUR',
					priceAmount1000: 9_990,
					salePriceAmount1000: 7_990,
					retailerId: 'UMB-1',
					url: 'https://example.com/umbrella',
				},
				businessOwnerJid: '4915112345678@s.whatsapp.net',
				body: 'Only today',
				footer: 'While stocks last',
			},
		},
		receive: {
			productMessage: {
				product: {
					productImage: uploaded.sent,
					productId: '1',
					title: 'Hat',
					currencyCode: 'EUR',
					priceAmount1000: 12_000,
				},
				businessOwnerJid: '4915112345678@s.whatsapp.net',
			},
		},
		event: {
			type: 'product',
			text: 'Hat\n12.00 EUR',
			media: { mimetype: 'image/jpeg', size: 12345 },
			product_id: '1',
			seller_jid: '4915112345678@s.whatsapp.net',
			title: 'Hat',
			price_amount_1000: 12_000,
			currency_code: 'EUR',
		},
	},
]
