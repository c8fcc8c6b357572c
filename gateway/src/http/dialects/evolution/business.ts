import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../errors.ts'
import { collectionsOf, productsOf } from '../../../session/actions/business/catalog.ts'
import type { ProductCollection } from '../../../session/ask/catalog.ts'
import type { Product } from '../../../session/ask/product-node.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { wholeNumber } from './fields.ts'
import { personOf } from './profiles.ts'
import { sessionOf } from './session.ts'

const USUAL = 10
const MOST_COLLECTIONS = 20
/** Evolution does not say how many products of a collection it wants. */
const PRODUCTS_OF_EACH = 100

const pageFields = {
	number: z.string().nullish(),
	limit: wholeNumber().optional(),
	cursor: z.string().nullish(),
}

const found = z.looseObject({
	wuid: z.string(),
	isBusiness: z.boolean().meta({ description: 'False for whoever has no catalog' }),
})

/** `/business/getCatalog` and `/business/getCollections`, of a person or of the account. */
export const business = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/business/getCatalog/{instance}',
		summary: 'List the products of a business',
		body: z.object(pageFields),
		response: found,
		async run(call) {
			const { page, session, wuid } = await asked(services, call)
			return answered(call, wuid, async () => {
				const { products } = await session.withSocket((deps) => productsOf(deps, wuid, page))
				return {
					...{ wuid, numberExists: true, isBusiness: true },
					...{ catalogLength: products.length, catalog: products.map(shownProduct) },
				}
			})
		},
	}),
	endpoint({
		method: 'post',
		path: '/business/getCollections/{instance}',
		summary: 'List the collections of a catalog',
		body: z.object(pageFields),
		response: found,
		async run(call) {
			const { page, session, wuid } = await asked(services, call)
			const limit = Math.min(page.limit, MOST_COLLECTIONS)
			return answered(call, wuid, async () => {
				const { collections } = await session.withSocket((deps) =>
					collectionsOf(deps, wuid, { ...page, limit, products: PRODUCTS_OF_EACH }),
				)
				const { name } = await session.people.namesOf(wuid)
				return {
					...{ wuid, name: name ?? null, numberExists: true, isBusiness: true },
					collectionsLength: collections.length,
					collections: collections.map(shownCollection),
				}
			})
		},
	}),
]

type Paged = z.output<z.ZodObject<typeof pageFields>>

async function asked(services: Services, call: Call<Paged>) {
	const { number, limit, cursor } = call.body
	const session = sessionOf(services, call)
	const wuid = await personOf(session, number ?? undefined)
	return { session, wuid, page: { limit: limit || USUAL, ...(cursor && { cursor }) } }
}

/** Whoever has no catalog is no business, as Evolution says it. */
async function answered(
	{ c }: Pick<Call, 'c'>,
	wuid: string,
	ask: () => Promise<object>,
): Promise<Response> {
	try {
		return c.json(await ask())
	} catch (error) {
		const hasNone =
			isGatewayError(error, 'catalog_not_found') || isGatewayError(error, 'whatsapp_not_found')
		if (hasNone) return c.json({ wuid, name: null, isBusiness: false })
		throw error
	}
}

/** A product under the names that Baileys has for it. */
const shownProduct = ({ retailer_id, image_url, hidden, review_status, ...product }: Product) => ({
	...{ id: product.id, name: product.name, description: product.description, url: product.url },
	...{ price: product.price, currency: product.currency, retailerId: retailer_id },
	isHidden: hidden,
	imageUrls: { requested: image_url, original: image_url },
	reviewStatus: { whatsapp: review_status },
	availability: 'in stock',
})

const shownCollection = ({ id, name, status, products }: ProductCollection) => ({
	...{ id, name, products: products.map(shownProduct) },
	status: { status, canAppeal: false },
})
