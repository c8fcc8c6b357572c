import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from '@whiskeysockets/baileys'
import { element } from './element.ts'
import { numberIn, textNode, textOrNull } from './text-node.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** A product of a catalog. */
export type Product = {
	id: string
	name: string | null
	description: string | null
	/** In thousandths of the currency. */
	price: number | null
	currency: string | null
	url: string | null
	/** The seller's own id of it. */
	retailer_id: string | null
	hidden: boolean
	/** Its first picture, and all of them. */
	image_url: string | null
	image_urls: string[]
	/** What WhatsApp's review says of it, later than it is created or changed: `APPROVED`. */
	review_status: string | null
}

/** What is said of a product; what is undefined stays as it is. */
export type ProductFields = {
	name?: string | undefined
	description?: string | undefined
	price?: number | undefined
	currency?: string | undefined
	url?: string | undefined
	retailer_id?: string | undefined
	hidden?: boolean | undefined
	/** ISO 3166-1 alpha-2. */
	origin_country?: string | undefined
	/** Of pictures that were uploaded. */
	image_urls?: string[] | undefined
}

/** @throws GatewayError whatsapp_answer_unreadable */
export function readProduct(product: BinaryNode): Product {
	const pictures = getBinaryNodeChildren(getBinaryNodeChild(product, 'media'), 'image')
	const image_urls = pictures.flatMap(
		(image) =>
			textOrNull(image, 'original_image_url') ?? textOrNull(image, 'request_image_url') ?? [],
	)
	const status = getBinaryNodeChild(product, 'status_info')
	const id = textOrNull(product, 'id')
	if (!id) throw answerUnreadable('a product in it has no id')
	return {
		id,
		name: textOrNull(product, 'name'),
		description: textOrNull(product, 'description'),
		price: numberIn(product, 'price'),
		currency: textOrNull(product, 'currency'),
		url: textOrNull(product, 'url'),
		retailer_id: textOrNull(product, 'retailer_id'),
		hidden: product.attrs.is_hidden === 'true',
		image_url: image_urls[0] ?? null,
		image_urls,
		review_status: textOrNull(status, 'status'),
	}
}

/**
 * A product as it is sent. Baileys' own function leaves out `url`, and fails without pictures.
 * @param id undefined for a new one
 */
export function productNode(id: string | undefined, fields: ProductFields): BinaryNode {
	const { hidden, image_urls: urls, origin_country: country, price, ...texts } = fields
	const said = { id, ...texts, price: price?.toString() }
	return element('product', { ...(hidden !== undefined && { is_hidden: String(hidden) }) }, [
		...Object.entries(said).flatMap(([tag, text]) =>
			text === undefined ? [] : textNode(tag, text),
		),
		...(urls ? [element('media', {}, urls.map(imageNode))] : []),
		...(country
			? [element('compliance_info', {}, [textNode('country_code_origin', country)])]
			: []),
	])
}

const imageNode = (url: string) => element('image', {}, [textNode('url', url)])
