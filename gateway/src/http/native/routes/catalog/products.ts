import { z } from '@hono/zod-openapi'
import type { MediaSource } from '../../../../messages/media-source.ts'
import {
	checkCatalogPossible,
	createProduct,
	deleteProduct,
	deleteProducts,
	MOST_PRODUCTS,
	updateProduct,
} from '../../../../session/actions/business/catalog.ts'
import type { ProductFields } from '../../../../session/ask/product-node.ts'
import type { Session } from '../../../../session/session.ts'
import { defineRoute } from '../../define-route.ts'
import { changedProduct, newProduct, productId, productSchema } from './schemas.ts'

const ofProduct = z.object({ product_id: productId })

const deletedSchema = z.object({
	deleted: z.number().int().meta({ description: 'How many of them there were' }),
})

/** Uploads the images of a product, if the account can have a catalog at all. */
async function uploaded(
	session: Session,
	{ images, ...fields }: Omit<ProductFields, 'image_urls'> & { images?: MediaSource[] | undefined },
): Promise<ProductFields> {
	await session.withSocket(checkCatalogPossible)
	if (!images) return fields
	return { ...fields, image_urls: await session.publicPictures.ofProduct(images, 'images') }
}

/** The products of the account. */
export const productRoutes = [
	defineRoute({
		method: 'post',
		path: '/catalog/products',
		summary: 'Create a product',
		description:
			'Add a product to the catalog of the account. Customers see it after a review by WhatsApp.',
		body: newProduct,
		files: true,
		answer: productSchema,
		success: 'The product',
		creates: true,
		node: { resource: 'catalog', name: 'Create Product' },
		run: ({ session, body, idempotencyKey }) =>
			session.createOnce(idempotencyKey, { type: 'product', input: body }, async () => {
				const product = await uploaded(session, body)
				return session.withSocket((deps) => createProduct(deps, product))
			}),
	}),
	defineRoute({
		method: 'patch',
		path: '/catalog/products/{product_id}',
		summary: 'Update a product',
		description:
			'Change a product of the account, hide or show it. What is left out stays; new images replace all.',
		params: ofProduct,
		body: changedProduct,
		files: true,
		answer: productSchema,
		success: 'The product as it is now',
		node: { resource: 'catalog', name: 'Update Product' },
		async run({ session, params, body }) {
			const change = await uploaded(session, body)
			return session.withSocket((deps) => updateProduct(deps, params.product_id, change))
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/catalog/products/{product_id}',
		summary: 'Delete a product',
		params: ofProduct,
		answer: deletedSchema,
		node: { resource: 'catalog', name: 'Delete Product' },
		run: async ({ session, params }) => ({
			deleted: await session.withSocket((deps) => deleteProduct(deps, params.product_id)),
		}),
	}),
	defineRoute({
		method: 'delete',
		path: '/catalog/products',
		twin: { method: 'post', path: '/catalog/products/delete' },
		summary: 'Delete many products',
		description: 'Delete products of the account, and say how many there were.',
		body: z.object({
			ids: z
				.array(productId)
				.min(1)
				.max(MOST_PRODUCTS)
				.meta({
					title: 'Product IDs',
					description: `${MOST_PRODUCTS} at most`,
					examples: [['5214366498629562']],
				}),
		}),
		answer: deletedSchema,
		node: { resource: 'catalog', name: 'Delete Many Products' },
		run: async ({ session, body }) => ({
			deleted: await session.withSocket((deps) => deleteProducts(deps, body.ids)),
		}),
	}),
]
