import { randomBytes } from 'node:crypto'
import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Account, Catalog, Product } from './model.ts'
import { productNode, saidOf, textIn, textNode } from './product-nodes.ts'
import { forbidden, notFound, QueryError, type Queries, type Query } from './query.ts'
import type { WhatsApp } from './whatsapp.ts'

const MOST_AT_ONCE = 100

export const newProductId = () => String(randomBytes(6).readUIntBE(0, 6) + 10 ** 15)

type Seen = Pick<Catalog, 'collections'> & { products: Product[] }

/** The catalog of a business, as somebody sees it. @throws QueryError if it has none */
function catalogOf({ directory }: WhatsApp, jid: string | undefined, by: Account): Seen {
	const account = directory.account(jid ?? '')
	if (!account?.business || !account.catalog) throw notFound()
	const { products, collections } = account.catalog
	const isSeen = ({ hidden }: Product) => !hidden || account === by
	return { collections, products: products.filter(isSeen) }
}

/** The part of a list that is asked for, and where the next one begins, if there is one. */
function pageOf<T>(asked: BinaryNode | undefined, all: T[], limit: string) {
	const start = Number(textIn(asked, 'after') ?? 0)
	const end = start + Math.min(Number(textIn(asked, limit) ?? 10), MOST_AT_ONCE)
	const paging = end < all.length ? [node('paging', {}, [textNode('after', end)])] : []
	return { page: all.slice(start, end), paging }
}

const readProducts: Query = (whatsapp, { account }, iq) => {
	const asked = childOf(iq, 'product_catalog')
	const { products } = catalogOf(whatsapp, asked?.attrs.jid, account)
	const { page, paging } = pageOf(asked, products, 'limit')
	return [node('product_catalog', {}, [...page.map(productNode), ...paging])]
}

const readCollections: Query = (whatsapp, { account }, iq) => {
	const asked = childOf(iq, 'collections')
	const { products, collections } = catalogOf(whatsapp, asked?.attrs.biz_jid, account)
	const { page, paging } = pageOf(asked, collections, 'collection_limit')
	const most = Number(textIn(asked, 'item_limit') ?? 10)
	const shown = page.map(({ id, name, products: ids }) =>
		node('collection', {}, [
			textNode('id', id),
			textNode('name', name),
			node('status_info', {}, [textNode('status', 'APPROVED')]),
			...products
				.filter((product) => ids.includes(product.id))
				.slice(0, most)
				.map(productNode),
		]),
	)
	return [node('collections', {}, [...shown, ...paging])]
}

/** The catalog of a client's account. Its first product makes it. */
function ownCatalog(account: Account): Catalog {
	if (!account.business) throw forbidden()
	return (account.catalog ??= { products: [], collections: [] })
}

/** What a client says of a product, with its pictures as people see them. @throws QueryError for others than its own */
function readable({ media }: WhatsApp, { phone }: Account, product: BinaryNode): Partial<Product> {
	const { images, ...said } = saidOf(product)
	if (!images) return said
	return { ...said, images: images.map((url) => media.publicUrl(phone, url) ?? refuse()) }
}

function refuse(): never {
	throw new QueryError(406, 'not-acceptable')
}

const addProduct: Query = (whatsapp, { account }, iq) => {
	const { products } = ownCatalog(account)
	const asked = childOf(childOf(iq, 'product_catalog_add'), 'product')!
	const { name, images, ...said } = readable(whatsapp, account, asked)
	if (!name || !images?.length) return refuse()
	const product = { id: newProductId(), name, images, ...said, review: 'PENDING' as const }
	products.unshift(product)
	return [node('product_catalog_add', {}, [productNode(product)])]
}

const editProduct: Query = (whatsapp, { account }, iq) => {
	const asked = childOf(childOf(iq, 'product_catalog_edit'), 'product')!
	const product = ownCatalog(account).products.find(({ id }) => id === textIn(asked, 'id'))
	if (!product) throw notFound()
	Object.assign(product, readable(whatsapp, account, asked), { review: 'PENDING' })
	return [node('product_catalog_edit', {}, [productNode(product)])]
}

const deleteProducts: Query = (_whatsapp, { account }, iq) => {
	const catalog = ownCatalog(account)
	const ids = childrenOf(childOf(iq, 'product_catalog_delete')).map((each) => textIn(each, 'id'))
	const kept = catalog.products.filter(({ id }) => !ids.includes(id))
	const deleted_count = catalog.products.length - kept.length
	catalog.products = kept
	return [node('product_catalog_delete', { deleted_count })]
}

/** Everything that clients ask about catalogs. */
export const catalogQueries: Queries = {
	'get w:biz:catalog product_catalog': readProducts,
	'get w:biz:catalog collections': readCollections,
	'set w:biz:catalog product_catalog_add': addProduct,
	'set w:biz:catalog product_catalog_edit': editProduct,
	'set w:biz:catalog product_catalog_delete': deleteProducts,
}
