import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Product } from './model.ts'

export const textNode = (tag: string, text: string | number) =>
	node(tag, {}, Buffer.from(String(text)))

/** The text of a child; undefined if there is none. */
export const textIn = (parent: BinaryNode | undefined, tag: string): string | undefined =>
	childOf(parent, tag)?.content?.toString()

/** A product as clients get it. */
export function productNode(product: Product): BinaryNode {
	const { id, name, description, url, retailerId, price, currency, images, review } = product
	const texts = { id, name, description, url, retailer_id: retailerId, price, currency }
	return node('product', { is_hidden: String(product.hidden ?? false) }, [
		...Object.entries(texts).flatMap(([tag, text]) =>
			text === undefined ? [] : textNode(tag, text),
		),
		node('media', {}, images.map(imageNode)),
		node('status_info', {}, [textNode('status', review), textNode('can_appeal', 'false')]),
	])
}

const imageNode = (url: string) =>
	node('image', {}, [textNode('request_image_url', url), textNode('original_image_url', url)])

/** What a client says of a product; what it leaves out is not there. */
export function saidOf(product: BinaryNode): Partial<Product> {
	const price = textIn(product, 'price')
	const media = childOf(product, 'media')
	const { is_hidden: hidden } = product.attrs
	const said = {
		name: textIn(product, 'name'),
		description: textIn(product, 'description'),
		url: textIn(product, 'url'),
		retailerId: textIn(product, 'retailer_id'),
		currency: textIn(product, 'currency'),
		originCountry: textIn(childOf(product, 'compliance_info'), 'country_code_origin'),
		price: price === undefined ? undefined : Number(price),
		hidden: hidden === undefined ? undefined : hidden === 'true',
		images: media && childrenOf(media, 'image').map((image) => textIn(image, 'url') ?? ''),
	}
	return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
}
