import { jidNormalizedUser } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import {
	addProduct,
	askForCollections,
	askForProducts,
	editProduct,
	removeProducts,
	type CatalogPage,
} from '../../ask/catalog.ts'
import type { Product, ProductFields } from '../../ask/product-node.ts'
import { answerUnreadable, unknownIs } from '../../ask/whatsapp-errors.ts'
import { identityOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { businessOnly } from './business-only.ts'

/** How the account itself is named. */
const OWN = 'me'

/** WhatsApp gives so many products at once. */
export const MOST_PRODUCTS = 100

const noCatalog = unknownIs(
	'catalog_not_found',
	'This person has no catalog: only businesses that have set one up have it.',
)

/**
 * A part of a catalog.
 * @param business a person, or `me`
 * @throws GatewayError catalog_not_found, not_business for `me`, invalid_recipient, and those of `askWhatsApp`
 */
export async function productsOf(deps: SessionDeps, business: string, page: CatalogPage) {
	return askForProducts(deps.socket, jidOf(deps, business), page).catch(noCatalog)
}

/**
 * One product. WhatsApp has no question for that: its catalog is read until it is found.
 * @throws GatewayError product_not_found, and as `productsOf`
 */
export async function productOf(deps: SessionDeps, business: string, id: string): Promise<Product> {
	const asked = new Set<string | undefined>()
	for (let cursor: string | undefined; ;) {
		if (asked.has(cursor)) throw answerUnreadable('its catalog has no end')
		asked.add(cursor)
		const { products, next } = await productsOf(deps, business, { limit: MOST_PRODUCTS, cursor })
		const found = products.find((product) => product.id === id)
		if (found) return found
		if (!next) throw noProduct(id)
		cursor = next
	}
}

/** A part of the collections of a catalog. @throws GatewayError as `productsOf` */
export async function collectionsOf(
	deps: SessionDeps,
	business: string,
	page: CatalogPage & { products: number },
) {
	return askForCollections(deps.socket, jidOf(deps, business), page).catch(noCatalog)
}

/** @throws GatewayError not_business if the account can have no catalog */
export const checkCatalogPossible = async (deps: SessionDeps): Promise<void> =>
	businessOnly(deps, 'Catalogs')

/** Adds a product to the catalog of the account. @throws GatewayError not_business, and those of `askWhatsApp` */
export async function createProduct(deps: SessionDeps, fields: ProductFields): Promise<Product> {
	businessOnly(deps, 'Catalogs')
	return addProduct(deps.socket, { hidden: false, ...fields })
}

/** Changes a product of the account. @throws GatewayError product_not_found, not_business, and those of `askWhatsApp` */
export async function updateProduct(
	deps: SessionDeps,
	id: string,
	fields: ProductFields,
): Promise<Product> {
	businessOnly(deps, 'Catalogs')
	return editProduct(deps.socket, id, fields).catch(
		unknownIs('product_not_found', noProduct(id).message),
	)
}

/** Deletes products of the account. @returns how many there were @throws GatewayError as `updateProduct` */
export async function deleteProducts(deps: SessionDeps, ids: string[]): Promise<number> {
	businessOnly(deps, 'Catalogs')
	return removeProducts(deps.socket, ids)
}

/** @throws GatewayError product_not_found, and as `deleteProducts` */
export async function deleteProduct(deps: SessionDeps, id: string): Promise<number> {
	const deleted = await deleteProducts(deps, [id])
	if (deleted === 0) throw noProduct(id)
	return deleted
}

function jidOf(deps: SessionDeps, business: string): string {
	if (business !== OWN) return identityOf(toPersonJid(business, 'jid'), deps.otherName).id
	businessOnly(deps, 'Catalogs')
	return jidNormalizedUser(deps.socket.user!.id)
}

function noProduct(id: string): GatewayError {
	const advice = `The catalog has no product \`${id.slice(0, 60)}\`. List them with GET …/catalog/me/products.`
	return new GatewayError('product_not_found', advice, { field: 'product_id' })
}
