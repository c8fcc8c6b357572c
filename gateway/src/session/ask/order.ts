import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element, expected } from './element.ts'
import { askIq, type Iq } from './iq.ts'
import { numberIn, textNode, textOrNull } from './text-node.ts'

/** What somebody has ordered. Money is in thousandths of the currency. */
export type Order = {
	total: number | null
	currency: string | null
	products: OrderedProduct[]
}

export type OrderedProduct = {
	id: string | null
	name: string | null
	price: number | null
	currency: string | null
	quantity: number | null
	image_url: string | null
}

/**
 * Asks what was ordered.
 * @param token of the message with the order
 * @throws GatewayError those of `askWhatsApp`
 */
export async function askForOrder(socket: WASocket, id: string, token: string): Promise<Order> {
	const size = [textNode('width', '100'), textNode('height', '100')]
	const asked = element('order', { op: 'get', id }, [
		element('image_dimensions', {}, size),
		textNode('token', token),
	])
	const query: Iq = { type: 'get', xmlns: 'fb:thrift_iq', smaxId: '5', content: [asked] }
	const order = expected(await askIq(socket, query), 'order')
	const price = getBinaryNodeChild(order, 'price')
	return {
		total: numberIn(price, 'total'),
		currency: textOrNull(price, 'currency'),
		products: getBinaryNodeChildren(order, 'product').map(readOrdered),
	}
}

const readOrdered = (product: BinaryNode): OrderedProduct => ({
	id: textOrNull(product, 'id'),
	name: textOrNull(product, 'name'),
	price: numberIn(product, 'price'),
	currency: textOrNull(product, 'currency'),
	quantity: numberIn(product, 'quantity'),
	image_url: textOrNull(getBinaryNodeChild(product, 'image'), 'url'),
})
