import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { imageField } from './image.ts'
import { personId } from '../fields/jid.ts'
import { amount1000, currencyCode, spoken } from '../fields/money.ts'
import { numberOf } from '../protobuf-numbers.ts'
import { optional } from '../fields/optional.ts'

export const product = defineMessage({
	type: 'product',
	title: 'Product',
	description: `A product of a business catalog, with its image. ${unverified}`,
	schema: z.object({
		image: imageField,
		product_id: z
			.string()
			.min(1)
			.max(256)
			.meta({
				title: 'Product ID',
				description: 'Id of the product in the catalog',
				examples: ['5214366498629562'],
			}),
		seller_jid: personId.meta({
			title: 'Seller',
			description: 'Business that owns the catalog',
			examples: ['4915112345678'],
		}),
		title: z
			.string()
			.min(1)
			.max(1_024)
			.meta({ title: 'Title', description: 'Name of the product', examples: ['Umbrella'] }),
		description: z
			.string()
			.max(4_096)
			.optional()
			.meta({
				title: 'Description',
				description: 'Description of the product',
				examples: ['Keeps you dry'],
			}),
		price_amount_1000: optional(amount1000('Price')),
		sale_amount_1000: optional(amount1000('Sale Price')),
		currency_code: optional(currencyCode),
		retailer_id: z
			.string()
			.max(256)
			.optional()
			.meta({
				title: 'Retailer ID',
				description: "The seller's own id of the product",
				examples: ['UMB-1'],
			}),
		url: z
			.url()
			.max(2_048)
			.optional()
			.meta({
				title: 'URL',
				description: 'Link to the product',
				examples: ['https://example.com/umbrella'],
			}),
		body: z
			.string()
			.max(4_096)
			.optional()
			.meta({ title: 'Text', description: 'Text below the product', examples: ['Only today'] }),
		footer: z
			.string()
			.max(1_024)
			.optional()
			.meta({
				title: 'Footer',
				description: 'Small text below the body',
				examples: ['While stocks last'],
			}),
	}),
	media: ({ image }) => [{ field: 'image', role: 'image', source: image }],
	toContent: (input, { files }) => ({
		productMessage: {
			product: {
				productImage: files.image,
				productImageCount: 1,
				productId: input.product_id,
				title: input.title,
				description: input.description,
				currencyCode: input.currency_code,
				priceAmount1000: input.price_amount_1000,
				salePriceAmount1000: input.sale_amount_1000,
				retailerId: input.retailer_id,
				url: input.url,
			},
			businessOwnerJid: input.seller_jid,
			body: input.body,
			footer: input.footer,
		},
	}),
	fromContent({ productMessage: message }) {
		const { product, catalog } = message ?? {}
		if (!product && !catalog) return undefined
		return product ? readProduct(message!, product) : readCatalog(message!, catalog!)
	},
	textOf: ({ title, price_amount_1000: price, currency_code: currency, body }) =>
		[title, spoken(price, currency), body].filter(Boolean).join('\n') || undefined,
})

type ProductMessage = proto.Message.IProductMessage

function readProduct(
	message: ProductMessage,
	product: proto.Message.ProductMessage.IProductSnapshot,
) {
	return {
		media: product.productImage ? factsOf(product.productImage) : undefined,
		product_id: product.productId ?? '',
		seller_jid: message.businessOwnerJid || undefined,
		title: product.title ?? '',
		description: product.description || undefined,
		price_amount_1000: numberOf(product.priceAmount1000),
		sale_amount_1000: numberOf(product.salePriceAmount1000),
		currency_code: product.currencyCode || undefined,
		retailer_id: product.retailerId || undefined,
		url: product.url || undefined,
		body: message.body || undefined,
		footer: message.footer || undefined,
	}
}

/** A whole catalog, which businesses send. */
function readCatalog(
	message: ProductMessage,
	catalog: proto.Message.ProductMessage.ICatalogSnapshot,
) {
	return {
		catalog: true,
		seller_jid: message.businessOwnerJid || undefined,
		title: catalog.title ?? '',
		description: catalog.description || undefined,
		body: message.body || undefined,
		footer: message.footer || undefined,
	}
}
