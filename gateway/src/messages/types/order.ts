import { z } from '@hono/zod-openapi'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { personId } from '../fields/jid.ts'
import { amount1000, currencyCode, spoken } from '../fields/money.ts'
import { tokenField } from '../fields/token.ts'
import { enumName, numberOf } from '../protobuf-numbers.ts'
import { optional } from '../fields/optional.ts'

const FROM_CATALOG = 1 // OrderMessage.OrderSurface
const statuses = { inquiry: 1, accepted: 2, declined: 3 } as const // OrderMessage.OrderStatus

export const order = defineMessage({
	type: 'order',
	title: 'Order',
	description: `An order from a business catalog. ${unverified}`,
	schema: z.object({
		order_id: z
			.string()
			.min(1)
			.max(256)
			.meta({ title: 'Order ID', description: 'Id of the order', examples: ['ORD-001'] }),
		item_count: z
			.number()
			.int()
			.min(0)
			.max(2_147_483_647)
			.optional()
			.meta({ title: 'Item Count', description: 'Number of items', examples: [3] }),
		status: z
			.enum(['inquiry', 'accepted', 'declined'])
			.optional()
			.meta({ title: 'Status', description: 'Status of the order', examples: ['inquiry'] }),
		message: z
			.string()
			.max(4_096)
			.optional()
			.meta({
				title: 'Message',
				description: 'Text of the order',
				examples: ["I'd like to order these items"],
			}),
		order_title: z
			.string()
			.max(1_024)
			.optional()
			.meta({ title: 'Order Title', description: 'Title of the order', examples: ['My Order'] }),
		seller_jid: personId
			.optional()
			.meta({ title: 'Seller', description: 'Business that sells', examples: ['4915112345678'] }),
		token: tokenField('AR6xBKbXZn0Xwmu76Ksyd7rnxI+Rx87HfinVlW4lwXa6JA=='),
		total_amount_1000: optional(amount1000('Total')),
		total_currency_code: optional(currencyCode),
	}),
	toContent: (input) => ({
		orderMessage: {
			orderId: input.order_id,
			itemCount: input.item_count,
			status: input.status && statuses[input.status],
			surface: FROM_CATALOG,
			message: input.message,
			orderTitle: input.order_title,
			sellerJid: input.seller_jid,
			token: input.token,
			totalAmount1000: input.total_amount_1000,
			totalCurrencyCode: input.total_currency_code,
		},
	}),
	fromContent({ orderMessage: order }) {
		if (!order) return undefined
		return {
			order_id: order.orderId ?? '',
			item_count: numberOf(order.itemCount),
			status: enumName(statuses, order.status),
			message: order.message || undefined,
			order_title: order.orderTitle || undefined,
			seller_jid: order.sellerJid || undefined,
			token: order.token || undefined,
			total_amount_1000: numberOf(order.totalAmount1000),
			total_currency_code: order.totalCurrencyCode || undefined,
		}
	},
	textOf: (order) =>
		[order.order_title, order.message, spoken(order.total_amount_1000, order.total_currency_code)]
			.filter(Boolean)
			.join('\n') || undefined,
})
