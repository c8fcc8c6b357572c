import { z } from '@hono/zod-openapi'
import { amount1000, currencyCode } from '../../../messages/fields/money.ts'
import { optional } from '../../../messages/fields/optional.ts'
import { media, type MediaSource } from '../../../messages/media-source.ts'
import {
	checkCatalogPossible,
	collectionsOf,
	createProduct,
	deleteProduct,
	deleteProducts,
	MOST_PRODUCTS,
	productOf,
	productsOf,
	updateProduct,
} from '../../../session/actions/business/catalog.ts'
import type { ProductFields } from '../../../session/ask/product-node.ts'
import type { Session } from '../../../session/session.ts'
import { defineRoute } from '../define-route.ts'
import { businessRef } from '../params.ts'

/** WhatsApp Web asks for so many. */
const MOST_COLLECTIONS = 51
const MOST_IMAGES = 10

const text = z.string().nullable()
const price = z.number().nullable().meta({ description: 'In thousandths of the currency' })

const productSchema = z
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

const collectionSchema = z
	.object({
		id: z.string(),
		name: text,
		status: text.meta({ description: "What WhatsApp's review says of it" }),
		products: z.array(productSchema),
	})
	.openapi('CatalogCollection')

const next = text.meta({ description: 'The `cursor` of the next page; null after the last one' })

const pageOf = (most: number, usual: number) =>
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

const business = z.object({ jid: businessRef })
const productId = z
	.string()
	.min(1)
	.max(256)
	.meta({
		title: 'Product ID',
		description: 'Id of the product in the catalog',
		examples: ['5214366498629562'],
	})
const ofProduct = z.object({ product_id: productId })

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

const newProduct = z.object({ ...fields, ...more })
const changedProduct = z
	.object({
		name: optional(fields.name),
		price: optional(fields.price),
		currency: optional(fields.currency),
		images: optional(fields.images),
		...more,
	})
	.refine((given) => Object.values(given).some((value) => value !== undefined), {
		message: 'Give at least one field to change',
	})

const deletedSchema = z.object({
	deleted: z.number().int().meta({ description: 'How many of them there were' }),
})

/** Uploads the images of a product, if the account can have a catalog at all. */
async function uploaded(
	session: Session,
	{ images, ...fields }: Omit<ProductFields, 'image_urls'> & { images?: MediaSource[] | undefined },
): Promise<ProductFields> {
	await session.withSocket(checkCatalogPossible)
	if (!images) return fields
	return { ...fields, image_urls: await session.publicPictures.ofProduct(images, 'images') }
}

/** Catalogs of businesses. */
export const catalogRoutes = [
	defineRoute({
		method: 'get',
		path: '/catalog/{jid}/products',
		summary: 'Get many products',
		description: 'Get the products in the catalog of a business.',
		params: business,
		query: pageOf(MOST_PRODUCTS, 10),
		answer: z.object({ products: z.array(productSchema), next }),
		node: {
			resource: 'catalog',
			name: 'Get Many Products',
			itemsOf: 'products',
			pagedBy: 'cursor',
		},
		run: ({ session, params, query }) =>
			session.withSocket((deps) => productsOf(deps, params.jid, query)),
	}),
	defineRoute({
		method: 'get',
		path: '/catalog/{jid}/products/{product_id}',
		summary: 'Get a product',
		description: 'Find a product in the catalog of a business.',
		params: business.extend({ product_id: productId }),
		answer: productSchema,
		node: { resource: 'catalog', name: 'Get Product' },
		run: ({ session, params }) =>
			session.withSocket((deps) => productOf(deps, params.jid, params.product_id)),
	}),
	defineRoute({
		method: 'get',
		path: '/catalog/{jid}/collections',
		summary: 'Get many collections of products',
		description: 'Get the collections in the catalog of a business, with their products.',
		params: business,
		query: pageOf(MOST_COLLECTIONS, MOST_COLLECTIONS).extend({
			products: z.coerce
				.number()
				.int()
				.min(1)
				.max(MOST_PRODUCTS)
				.default(MOST_COLLECTIONS)
				.meta({ title: 'Products', description: 'How many products of each collection' }),
		}),
		answer: z.object({ collections: z.array(collectionSchema), next }),
		node: {
			resource: 'catalog',
			name: 'Get Many Collections',
			itemsOf: 'collections',
			pagedBy: 'cursor',
		},
		run: ({ session, params, query }) =>
			session.withSocket((deps) => collectionsOf(deps, params.jid, query)),
	}),
	defineRoute({
		method: 'post',
		path: '/catalog/products',
		summary: 'Create a product',
		description:
			'Add a product to the catalog of the account. Customers see it after a review by WhatsApp.',
		body: newProduct,
		files: true,
		answer: productSchema,
		success: 'The product',
		creates: true,
		node: { resource: 'catalog', name: 'Create Product' },
		run: ({ session, body, idempotencyKey }) =>
			session.createOnce(idempotencyKey, { type: 'product', input: body }, async () => {
				const product = await uploaded(session, body)
				return session.withSocket((deps) => createProduct(deps, product))
			}),
	}),
	defineRoute({
		method: 'patch',
		path: '/catalog/products/{product_id}',
		summary: 'Update a product',
		description:
			'Change a product of the account, hide or show it. What is left out stays; new images replace all.',
		params: ofProduct,
		body: changedProduct,
		files: true,
		answer: productSchema,
		success: 'The product as it is now',
		node: { resource: 'catalog', name: 'Update Product' },
		async run({ session, params, body }) {
			const change = await uploaded(session, body)
			return session.withSocket((deps) => updateProduct(deps, params.product_id, change))
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/catalog/products/{product_id}',
		summary: 'Delete a product',
		params: ofProduct,
		answer: deletedSchema,
		node: { resource: 'catalog', name: 'Delete Product' },
		run: async ({ session, params }) => ({
			deleted: await session.withSocket((deps) => deleteProduct(deps, params.product_id)),
		}),
	}),
	defineRoute({
		method: 'delete',
		path: '/catalog/products',
		twin: { method: 'post', path: '/catalog/products/delete' },
		summary: 'Delete many products',
		description: 'Delete products of the account, and say how many there were.',
		body: z.object({
			ids: z
				.array(productId)
				.min(1)
				.max(MOST_PRODUCTS)
				.meta({
					title: 'Product IDs',
					description: `${MOST_PRODUCTS} at most`,
					examples: [['5214366498629562']],
				}),
		}),
		answer: deletedSchema,
		node: { resource: 'catalog', name: 'Delete Many Products' },
		run: async ({ session, body }) => ({
			deleted: await session.withSocket((deps) => deleteProducts(deps, body.ids)),
		}),
	}),
]
