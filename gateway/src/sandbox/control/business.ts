import { Hono } from 'hono'
import { z } from 'zod'
import { orderMessage } from '../phone/order-message.ts'
import type { Sandbox } from '../sandbox.ts'
import { newProductId } from '../server/catalog-queries.ts'
import type { Catalog, Product } from '../server/model.ts'
import { placeOrder } from '../server/orders.ts'
import { body, ControlError, personIn, phoneOf } from './context.ts'

const openOn = z.strictObject({
	day: z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
	mode: z.enum(['specific_hours', 'open_24h', 'appointment_only']),
	open: z.number().int().optional(),
	close: z.number().int().optional(),
})

/** What a business tells of itself. */
export const businessProfile = z.strictObject({
	description: z.string().optional(),
	address: z.string().optional(),
	email: z.string().optional(),
	websites: z.array(z.string()).optional(),
	categories: z.array(z.string()).optional(),
	hours: z.strictObject({ timezone: z.string(), days: z.array(openOn) }).optional(),
})

const product = z.strictObject({
	id: z.string().optional(),
	name: z.string(),
	description: z.string().optional(),
	price: z.number().int().optional(),
	currency: z.string().optional(),
	url: z.string().optional(),
	retailer_id: z.string().optional(),
	hidden: z.boolean().optional(),
	images: z.array(z.string()).default([]),
	review: z.enum(['PENDING', 'APPROVED', 'REJECTED']).default('APPROVED'),
})

/** What a business sells. */
export const catalog = z.strictObject({
	products: z.array(product),
	collections: z
		.array(z.strictObject({ name: z.string(), products: z.array(z.string()) }))
		.default([]),
})

/** A catalog as the server keeps it. */
export const catalogFrom = ({ products, collections }: z.output<typeof catalog>): Catalog => ({
	products: products.map(({ id = newProductId(), retailer_id: retailerId, ...said }) => ({
		...{ id, ...said },
		...(retailerId !== undefined && { retailerId }),
	})),
	collections: collections.map((said, index) => ({ id: String(index + 1), ...said })),
})

const productJson = ({ retailerId, originCountry, ...product }: Product) => ({
	...{ ...product, retailer_id: retailerId, origin_country: originCountry },
})

const catalogJson = ({ products, collections }: Catalog) => ({
	...{ products: products.map(productJson), collections },
})

const order = z.strictObject({
	to: z.string(),
	items: z
		.array(z.strictObject({ product: z.string(), quantity: z.number().int().min(1).default(1) }))
		.min(1),
	text: z.string().optional(),
})

/** Routes for the businesses of people. */
export function businessRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.get('/phones/:phone/business', (c) => {
		const { business = false, businessProfile, catalog, orders = [] } = phoneOf(sandbox, c).account
		return c.json({
			...{ business, profile: businessProfile ?? null, orders: orders.length },
			catalog: catalog ? catalogJson(catalog) : null,
		})
	})
	app.post('/phones/:phone/order', async (c) => {
		const { to, items, text } = await body(c, order)
		const { account: seller } = personIn(sandbox, to)
		const placed = placeOrder(seller, items)
		if (!placed) throw new ControlError(404, `${to} does not sell all of these products.`)
		const id = await phoneOf(sandbox, c).sends(orderMessage(seller, placed, text), { to })
		return c.json({ id, order_id: placed.id, token: placed.token }, 201)
	})
	return app
}
