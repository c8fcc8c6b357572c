import { z } from '@hono/zod-openapi'
import { amount1000, currencyCode } from '../../../../messages/fields/money.ts'
import { optional } from '../../../../messages/fields/optional.ts'
import { media } from '../../../../messages/media-source.ts'
import { atLeastOne } from '../../params.ts'

/** WhatsApp Web asks for so many. */
export const MOST_COLLECTIONS = 51
const MOST_IMAGES = 10

const text = z.string().nullable()
const price = z.number().nullable().meta({ description: 'In thousandths of the currency' })

export const productSchema = z
	.object({
		id: z.string(),
		name: text,
		description: text,
		price,
		currency: text,
		url: text,
		retailer_id: text.meta({ description: "The seller's own id of it" }),
		hidden: z.boolean(),
		image_url: text.meta({ description: 'The first of `image_urls`' }),
		image_urls: z.array(z.string()),
		review_status: text.meta({
			description: "What WhatsApp's review says, later than a change: APPROVED, PENDING …",
		}),
	})
	.openapi('CatalogProduct')

export const collectionSchema = z
	.object({
		id: z.string(),
		name: text,
		status: text.meta({ description: "What WhatsApp's review says of it" }),
		products: z.array(productSchema),
	})
	.openapi('CatalogCollection')

export const nextCursor = text.meta({
	description: 'The `cursor` of the next page; null after the last one',
})

export const cursorQuery = (most: number, usual: number) =>
	z.object({
		limit: z.coerce
			.number()
			.int()
			.min(1)
			.max(most)
			.default(usual)
			.meta({ title: 'Limit', description: 'How many entries to answer with' }),
		cursor: z
			.string()
			.min(1)
			.max(2_048)
			.optional()
			.meta({ title: 'Cursor', description: 'The `next` of the page before' }),
	})

export const productId = z
	.string()
	.min(1)
	.max(256)
	.meta({
		title: 'Product ID',
		description: 'Id of the product in the catalog',
		examples: ['5214366498629562'],
	})

const fields = {
	name: z
		.string()
		.trim()
		.min(1)
		.max(200)
		.meta({ title: 'Name', examples: ['Umbrella'] }),
	price: amount1000('Price'),
	currency: currencyCode,
	images: z
		.array(
			media({
				title: 'Image',
				description: 'An image of any usual kind; it becomes a JPEG',
				example: 'https://example.com/image.jpg',
			}),
		)
		.min(1)
		.max(MOST_IMAGES)
		.meta({
			title: 'Images',
			description: `1 to ${MOST_IMAGES} images of any usual kind; they become JPEGs`,
			examples: [[{ url: 'https://example.com/image.jpg' }]],
		}),
}

const more = {
	description: z
		.string()
		.max(5_000)
		.optional()
		.meta({ title: 'Description', examples: ['Keeps you dry'] }),
	url: z
		.url()
		.max(2_048)
		.optional()
		.meta({
			title: 'URL',
			description: 'Page of the product',
			examples: ['https://example.com/umbrella'],
		}),
	retailer_id: z
		.string()
		.max(256)
		.optional()
		.meta({
			title: 'Retailer ID',
			description: "The seller's own id of it",
			examples: ['UMB-1'],
		}),
	hidden: z
		.boolean()
		.optional()
		.meta({ title: 'Hidden', description: 'Whether customers do not see it' }),
	origin_country: z
		.string()
		.regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code of two letters, as in IN')
		.optional()
		.meta({
			title: 'Origin Country',
			description: 'ISO 3166-1 code, for sellers in India',
			examples: ['IN'],
		}),
}

export const newProduct = z.object({ ...fields, ...more })
export const changedProduct = atLeastOne({
	name: optional(fields.name),
	price: optional(fields.price),
	currency: optional(fields.currency),
	images: optional(fields.images),
	...more,
})
