import {
	getBinaryNodeChild,
	getBinaryNodeChildren,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { element, expected } from './element.ts'
import { askIq, type Iq } from './iq.ts'
import { productNode, readProduct } from './product-node.ts'
import type { Product, ProductFields } from './product-node.ts'
import { textNode, textOrNull } from './text-node.ts'
import { answerUnreadable } from './whatsapp-errors.ts'

/** Products that a business shows together. */
export type ProductCollection = {
	id: string
	name: string | null
	/** What WhatsApp's review says of it. */
	status: string | null
	products: Product[]
}

/** Which part of a list is asked for. */
export type CatalogPage = {
	limit: number
	/** `next` of the part before. */
	cursor?: string | undefined
}

const XMLNS = 'w:biz:catalog'

/** In pixels: of the small pictures, which are not read. */
const PREVIEW = [textNode('width', '100'), textNode('height', '100')]

/**
 * Asks for a part of a catalog.
 * @param jid of the business
 * @returns `next` is null after the last part
 * @throws GatewayError those of `askWhatsApp`
 */
export async function askForProducts(
	socket: WASocket,
	jid: string,
	{ limit, cursor }: CatalogPage,
): Promise<{ products: Product[]; next: string | null }> {
	const asked = element('product_catalog', { jid, allow_shop_source: 'true' }, [
		textNode('limit', String(limit)),
		...PREVIEW,
		...afterNode(cursor),
	])
	const answer = await askIq(socket, { type: 'get', xmlns: XMLNS, content: [asked] })
	const catalog = expected(answer, 'product_catalog')
	return { products: productsIn(catalog), next: nextIn(catalog) }
}

/**
 * Asks for collections.
 * @param products how many of each collection
 * @throws GatewayError those of `askWhatsApp`
 */
export async function askForCollections(
	socket: WASocket,
	jid: string,
	{ limit, cursor, products }: CatalogPage & { products: number },
): Promise<{ collections: ProductCollection[]; next: string | null }> {
	const asked = element('collections', { biz_jid: jid }, [
		textNode('collection_limit', String(limit)),
		textNode('item_limit', String(products)),
		...PREVIEW,
		...afterNode(cursor),
	])
	const query: Iq = { type: 'get', xmlns: XMLNS, smaxId: '35', content: [asked] }
	const collections = expected(await askIq(socket, query), 'collections')
	return {
		collections: getBinaryNodeChildren(collections, 'collection').map(readCollection),
		next: nextIn(collections),
	}
}

/** Adds a product to the catalog of the account. @throws GatewayError those of `askWhatsApp` */
export const addProduct = (socket: WASocket, fields: ProductFields): Promise<Product> =>
	storeProduct(socket, 'product_catalog_add', productNode(undefined, fields))

/** Changes a product of the account. @throws GatewayError those of `askWhatsApp` */
export const editProduct = (
	socket: WASocket,
	id: string,
	fields: ProductFields,
): Promise<Product> => storeProduct(socket, 'product_catalog_edit', productNode(id, fields))

async function storeProduct(socket: WASocket, tag: string, product: BinaryNode): Promise<Product> {
	const content = [element(tag, { v: '1' }, [product, ...PREVIEW])]
	const answer = await askIq(socket, { type: 'set', xmlns: XMLNS, content })
	return readProduct(expected(answer, tag, 'product'))
}

/** Deletes products of the account. @returns how many there were @throws GatewayError those of `askWhatsApp` */
export async function removeProducts(socket: WASocket, ids: readonly string[]): Promise<number> {
	const tag = 'product_catalog_delete'
	const products = ids.map((id) => element('product', {}, [textNode('id', id)]))
	const content = [element(tag, { v: '1' }, products)]
	const answer = await askIq(socket, { type: 'set', xmlns: XMLNS, content })
	const { deleted_count: count } = expected(answer, tag).attrs
	if (count === undefined) throw answerUnreadable('it does not say how many were deleted')
	return Number(count)
}

const afterNode = (cursor: string | undefined) => (cursor ? [textNode('after', cursor)] : [])

const nextIn = (list: BinaryNode) => textOrNull(getBinaryNodeChild(list, 'paging'), 'after')

const productsIn = (parent: BinaryNode) => getBinaryNodeChildren(parent, 'product').map(readProduct)

const readCollection = (collection: BinaryNode): ProductCollection => ({
	id: textOrNull(collection, 'id') ?? '',
	name: textOrNull(collection, 'name'),
	status: textOrNull(getBinaryNodeChild(collection, 'status_info'), 'status'),
	products: productsIn(collection),
})
