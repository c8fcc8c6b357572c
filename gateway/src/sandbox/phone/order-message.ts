import { proto } from '@whiskeysockets/baileys'
import { pnOf } from '../server/jids.ts'
import type { Account, Order } from '../server/model.ts'
import { priceOf } from '../server/orders.ts'

const { OrderStatus, OrderSurface } = proto.Message.OrderMessage

/** The message with which a customer sends an order to the business. */
export function orderMessage(seller: Account, order: Order, text?: string): proto.IMessage {
	const { total, currency } = priceOf(order)
	return {
		orderMessage: {
			orderId: order.id,
			token: order.token,
			itemCount: order.items.reduce((sum, { quantity }) => sum + quantity, 0),
			status: OrderStatus.INQUIRY,
			surface: OrderSurface.CATALOG,
			message: text ?? null,
			orderTitle: seller.name,
			sellerJid: pnOf(seller),
			totalAmount1000: total,
			totalCurrencyCode: currency,
		},
	}
}
