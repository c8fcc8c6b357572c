import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../errors.ts'
import { productsOf } from '../../../session/actions/business/catalog.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { notSupported } from '../read.ts'
import { wholeNumber } from './fields.ts'
import { personOf } from './profiles.ts'
import { sessionOf } from './session.ts'

const USUAL_PRODUCTS = 10
const body = z.object({
	number: z.string().nullish(),
	limit: wholeNumber().optional(),
	cursor: z.string().optional(),
})

/** `/business/getCatalog`; how collections are asked for is not known. */
export const business = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/business/getCatalog/{instance}',
		summary: 'List the products of a business',
		body,
		response: z.looseObject({ wuid: z.string(), isBusiness: z.boolean() }),
		async run(call) {
			const { number, limit = USUAL_PRODUCTS, cursor } = call.body
			const session = sessionOf(services, call)
			const wuid = await personOf(session, number ?? undefined)
			try {
				const page = { limit, ...(cursor && { cursor }) }
				const { products } = await session.withSocket((deps) => productsOf(deps, wuid, page))
				const facts = { wuid, numberExists: true, isBusiness: true }
				return call.c.json({ ...facts, catalogLength: products.length, catalog: products })
			} catch (error) {
				if (
					!isGatewayError(error, 'catalog_not_found') &&
					!isGatewayError(error, 'whatsapp_not_found')
				)
					throw error
				return call.c.json({ wuid, name: null, isBusiness: false })
			}
		},
	}),
	endpoint({
		method: 'post',
		path: '/business/getCollections/{instance}',
		summary: 'Not supported: the collections of a catalog',
		run() {
			throw notSupported('Listing the collections of a catalog')
		},
	}),
]
