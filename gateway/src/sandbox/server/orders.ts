import { randomBytes } from 'node:crypto'
import { childOf, node } from '../wire/node.ts'
import type { Account, Order } from './model.ts'
import { textIn, textNode } from './product-nodes.ts'
import { notFound, type Queries, type Query } from './query.ts'

/** Takes down what somebody orders of a business. @param items the ids of products, and how many of each */
export function placeOrder(
	seller: Account,
	items: { product: string; quantity: number }[],
): Order | undefined {
	const products = seller.catalog?.products ?? []
	const ordered = items.map(({ product: id, quantity }) => ({
		product: products.find((product) => product.id === id && !product.hidden),
		quantity,
	}))
	const found = ordered.flatMap(({ product, quantity }) => (product ? { product, quantity } : []))
	if (found.length < items.length || found.length === 0) return undefined
	const id = String(randomBytes(6).readUIntBE(0, 6) + 10 ** 15)
	const order = { id, token: randomBytes(24).toString('base64'), items: structuredClone(found) }
	seller.orders = [...(seller.orders ?? []), order]
	return order
}

/** What it costs, in thousandths of the currency. */
export function priceOf({ items }: Order) {
	const total = items.reduce(
		(sum, { product, quantity }) => sum + (product.price ?? 0) * quantity,
		0,
	)
	return { total, currency: items[0]!.product.currency ?? 'USD' }
}

const readOrder: Query = ({ directory }, _sender, iq) => {
	const asked = childOf(iq, 'order')
	const all = [...directory.accounts.values()].flatMap(({ orders = [] }) => orders)
	const order = all.find(({ id }) => id === asked?.attrs.id)
	if (!order || textIn(asked, 'token') !== order.token) throw notFound()
	const { total, currency } = priceOf(order)
	const price = node('price', {}, [textNode('total', total), textNode('currency', currency)])
	const products = order.items.map(({ product: { id, name, price, images }, quantity }) =>
		node('product', {}, [
			textNode('id', id),
			textNode('name', name),
			...(price === undefined ? [] : [textNode('price', price), textNode('currency', currency)]),
			textNode('quantity', quantity),
			...images.slice(0, 1).map((url) => node('image', {}, [textNode('url', url)])),
		]),
	)
	return [node('order', { id: order.id }, [price, ...products])]
}

export const orderQueries: Queries = { 'get fb:thrift_iq order': readOrder }
