import { z } from '@hono/zod-openapi'
import { orderDetails } from '../../../../session/actions/business/order.ts'
import { defineRoute } from '../../define-route.ts'

const text = z.string().nullable()
const amount = z.number().nullable().meta({ description: 'In thousandths of the currency' })

const orderSchema = z
	.object({
		order_id: z.string(),
		total: amount,
		currency: text,
		products: z.array(
			z.object({
				id: text,
				name: text,
				price: amount,
				currency: text,
				quantity: z.number().nullable(),
				image_url: text,
			}),
		),
	})
	.openapi('Order')

/** Orders from catalogs. */
export const orderRoutes = [
	defineRoute({
		method: 'get',
		path: '/orders/{order_id}',
		summary: 'Get an order',
		description:
			'Get what was ordered. WhatsApp wants the token of the message with the order: give it, or the id of that message.',
		params: z.object({
			order_id: z
				.string()
				.min(1)
				.max(256)
				.meta({
					title: 'Order ID',
					description: 'Id in the message with the order',
					examples: ['1234567890123456'],
				}),
		}),
		query: z.object({
			token: z
				.string()
				.min(1)
				.max(1_024)
				.optional()
				.meta({ title: 'Token', description: 'Token in the message with the order' }),
			message_id: z
				.string()
				.min(1)
				.max(200)
				.optional()
				.meta({
					title: 'Message ID',
					description: 'Id of the message with the order, instead of its token',
					examples: ['3EB0C767D097B7C4'],
				}),
		}),
		answer: orderSchema,
		node: { resource: 'catalog', name: 'Get Order' },
		run: async ({ session, params: { order_id }, query }) => ({
			order_id,
			...(await session.withSocket((deps) => orderDetails(deps, order_id, query))),
		}),
	}),
]
