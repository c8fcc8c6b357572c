import { z } from '@hono/zod-openapi'
import {
	collectionsOf,
	MOST_PRODUCTS,
	productOf,
	productsOf,
} from '../../../../session/actions/business/catalog.ts'
import { defineRoute } from '../../define-route.ts'
import { businessRef } from '../../params.ts'
import {
	collectionSchema,
	MOST_COLLECTIONS,
	nextCursor,
	cursorQuery,
	productId,
	productSchema,
} from './schemas.ts'

const business = z.object({ jid: businessRef })

/** Catalogs of businesses, to read. */
export const catalogReadRoutes = [
	defineRoute({
		method: 'get',
		path: '/catalog/{jid}/products',
		summary: 'Get many products',
		description: 'Get the products in the catalog of a business.',
		params: business,
		query: cursorQuery(MOST_PRODUCTS, 10),
		answer: z.object({ products: z.array(productSchema), next: nextCursor }),
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
		query: cursorQuery(MOST_COLLECTIONS, MOST_COLLECTIONS).extend({
			products: z.coerce
				.number()
				.int()
				.min(1)
				.max(MOST_PRODUCTS)
				.default(MOST_COLLECTIONS)
				.meta({ title: 'Products', description: 'How many products of each collection' }),
		}),
		answer: z.object({ collections: z.array(collectionSchema), next: nextCursor }),
		node: {
			resource: 'catalog',
			name: 'Get Many Collections',
			itemsOf: 'collections',
			pagedBy: 'cursor',
		},
		run: ({ session, params, query }) =>
			session.withSocket((deps) => collectionsOf(deps, params.jid, query)),
	}),
]
