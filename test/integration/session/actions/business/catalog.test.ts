import assert from 'node:assert/strict'
import { get } from 'node:https'
import { buffer } from 'node:stream/consumers'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import sharp from 'sharp'
import { ADMIN_KEY, linkedGateway } from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'
import { image, openBusinessWorld } from './world.ts'

const ids = (list: { id: string }[]) => list.map(({ id }) => id)

test('the catalog of another business', async (t) => {
	const { phone, shop, ada, ask, does, isRefused, control, owner } = await openBusinessWorld(t)
	const products = Array.from({ length: 230 }, (_, n) => ({ id: `p${n}`, name: `Umbrella ${n}` }))
	Object.assign(products[0]!, {
		...{ description: 'Keeps you dry', price: 12_500, currency: 'EUR' },
		...{ url: 'https://example.com/u', retailer_id: 'UMB-1' },
		images: ['https://example.com/1.jpg', 'https://example.com/2.jpg'],
	})
	const hidden = { id: 'secret', name: 'Not for sale', hidden: true }
	const collections = [
		{ name: 'Small', products: ['p1', 'p2', 'p3', 'secret'] },
		{ name: 'Large', products: ['p4'] },
	]
	await phone({
		phone: shop,
		business: true,
		catalog: { products: [...products, hidden], collections },
	})

	await t.test('products come page by page, with everything that WhatsApp tells', async () => {
		const first = await does('GET', `catalog/${shop}/products`)
		assert.equal(first.products.length, 10)
		assert.deepEqual(first.products[0], {
			...{ id: 'p0', name: 'Umbrella 0', description: 'Keeps you dry' },
			...{ price: 12_500, currency: 'EUR', url: 'https://example.com/u', retailer_id: 'UMB-1' },
			...{ hidden: false, review_status: 'APPROVED', image_url: 'https://example.com/1.jpg' },
			image_urls: ['https://example.com/1.jpg', 'https://example.com/2.jpg'],
		})
		const bare = { description: null, price: null, url: null, image_url: null, image_urls: [] }
		const { description, price, url, image_url, image_urls } = first.products[1]
		assert.deepEqual({ description, price, url, image_url, image_urls }, bare)
		const seen: string[] = []
		for (let next: string | null = ''; next !== null;) {
			const page: any = await does(
				'GET',
				`catalog/${shop}/products?limit=100${next && `&cursor=${next}`}`,
			)
			seen.push(...ids(page.products))
			next = page.next
		}
		assert.deepEqual(seen, ids(products))
	})

	await t.test('one product is found on the last page', async () => {
		const found = await does('GET', `catalog/+49 170 0000002/products/p229`)
		assert.equal(found.name, 'Umbrella 229')
	})

	await t.test('collections have their products, and limits of their own', async () => {
		const all = await does('GET', `catalog/${shop}/collections`)
		assert.deepEqual(
			all.collections.map(({ products, ...each }: any) => ({ ...each, products: ids(products) })),
			[
				{ id: '1', name: 'Small', status: 'APPROVED', products: ['p1', 'p2', 'p3'] },
				{ id: '2', name: 'Large', status: 'APPROVED', products: ['p4'] },
			],
		)
		assert.equal(all.next, null)
		const part = await does('GET', `catalog/${shop}/collections?limit=1&products=2`)
		assert.deepEqual(ids(part.collections[0].products), ['p1', 'p2'])
		const rest = await does('GET', `catalog/${shop}/collections?limit=1&cursor=${part.next}`)
		assert.deepEqual([rest.collections[0].name, rest.next], ['Large', null])
	})

	await t.test('an order is read with its token, or by the message that brought it', async () => {
		const account = owner.account.phone
		const sold = [
			{ id: 'u', name: 'Umbrella', price: 12_500, currency: 'EUR', images: ['https://a.b/u.jpg'] },
			{ id: 'b', name: 'Boots', price: 30_000, currency: 'EUR' },
		]
		await phone({ phone: account, catalog: { products: sold } })
		const items = [{ product: 'u', quantity: 2 }, { product: 'b' }]
		const placed = await control('POST', `/phones/${ada.account.phone}/order`, {
			...{ to: account, items, text: 'Please' },
		})
		assert.equal(placed.status, 201, placed.text)
		const { id, order_id, token } = placed.body
		const wanted = {
			...{ order_id, total: 55_000, currency: 'EUR' },
			products: [
				{
					id: 'u',
					name: 'Umbrella',
					price: 12_500,
					currency: 'EUR',
					quantity: 2,
					image_url: 'https://a.b/u.jpg',
				},
				{ id: 'b', name: 'Boots', price: 30_000, currency: 'EUR', quantity: 1, image_url: null },
			],
		}
		assert.deepEqual(
			await does('GET', `orders/${order_id}?token=${encodeURIComponent(token)}`),
			wanted,
		)
		await until(
			'the order has arrived',
			async () => (await ask('GET', `messages/${id}`)).status === 200,
		)
		assert.deepEqual(await does('GET', `orders/${order_id}?message_id=${id}`), wanted)
		await isRefused([
			['GET', `orders/${order_id}?token=guessed`, undefined, 404, 'order_not_found'],
			['GET', `orders/7?message_id=${id}`, undefined, 400, 'message_id'],
			['GET', `orders/${order_id}?message_id=none`, undefined, 404, 'message_not_found'],
			['GET', `orders/${order_id}`, undefined, 400, 'token'],
			['GET', `orders/${order_id}?token=a&message_id=b`, undefined, 400, 'token'],
		])
	})

	await t.test('what is not there is refused by its name', async () => {
		const { phone: person } = ada.account
		await isRefused([
			['GET', `catalog/${person}/products`, undefined, 404, 'catalog_not_found'],
			['GET', `catalog/${person}/products/p1`, undefined, 404, 'catalog_not_found'],
			['GET', `catalog/${person}/collections`, undefined, 404, 'catalog_not_found'],
			['GET', `catalog/${shop}/products/nothing`, undefined, 404, 'product_not_found'],
			['GET', `catalog/${shop}/products/secret`, undefined, 404, 'product_not_found'],
			['GET', `catalog/${shop}/products?limit=101`, undefined, 400, 'invalid_request'],
			['GET', 'catalog/120363000000000000@g.us/products', undefined, 400, 'jid'],
			['POST', 'catalog/collections', {}, 501, 'not_supported'],
			['PATCH', 'catalog/collections/1', {}, 501, 'not_supported'],
			['DELETE', 'catalog/collections/1', undefined, 501, 'not_supported'],
			['PUT', 'catalog/cart', {}, 501, 'not_supported'],
		])
	})
})

test('the catalog of the account', async (t) => {
	const world = await openBusinessWorld(t)
	const { ask, does, isRefused, onPhone, sendsForm, sandbox, control, owner } = world
	const picture = async (side = 300) => ({ data: (await image(side, side)).toString('base64') })
	const sold = async () => (await onPhone()).catalog?.products ?? []

	/** Gets a picture from the media host, as customers do. */
	async function pictureAt(url: string) {
		const [response] = (await once(get(url, { ca: sandbox.mediaCa }), 'response')) as [
			IncomingMessage,
		]
		assert.equal(response.statusCode, 200)
		return sharp(await buffer(response)).metadata()
	}

	await t.test(
		'a product is created once per key, with whole pictures, and the phone has it',
		async () => {
			const body = {
				...{ name: 'Umbrella', description: 'Keeps you dry', price: 12_500, currency: 'EUR' },
				...{ url: 'https://example.com/u', retailer_id: 'UMB-1', origin_country: 'IN' },
				images: [await picture(2_100), await picture(200)],
			}
			const headers = {
				...{ 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' },
				'idempotency-key': 'product-1',
			}
			const created = await ask('POST', 'catalog/products', body, headers)
			assert.equal(created.status, 200, created.text)
			const again = await ask('POST', 'catalog/products', body, headers)
			assert.deepEqual(again.body, created.body)
			const { images: _, origin_country, ...said } = body
			const { id, image_url, image_urls, ...rest } = created.body
			assert.deepEqual(rest, { ...said, hidden: false, review_status: 'PENDING' })
			assert.equal(image_urls.length, 2)
			const sizes = await Promise.all(image_urls.map(pictureAt))
			assert.deepEqual(
				sizes.map(({ format, width, height }) => [format, width, height]),
				[
					['jpeg', 2048, 2048],
					['jpeg', 200, 200],
				],
			)
			const [onIt, ...others] = await sold()
			assert.deepEqual(others, [])
			assert.deepEqual(
				[onIt.id, onIt.name, onIt.url, onIt.origin_country],
				[id, said.name, said.url, 'IN'],
			)
			assert.equal(image_url, image_urls[0])
			assert.deepEqual(ids((await does('GET', 'catalog/me/products')).products), [id])
		},
	)

	await t.test('pictures come in a form as well', async () => {
		const form = new FormData()
		for (const [name, value] of Object.entries({ name: 'Boots', price: '30000', currency: 'EUR' }))
			form.append(name, value)
		// As the n8n node writes a list in which some come as parts.
		form.append('images', JSON.stringify([null, await picture(81)]))
		const file = new Blob([await image(80, 80)], { type: 'image/png' })
		form.append('images.0', file, 'a.png')
		const { image_urls } = await sendsForm('POST', 'catalog/products', form)
		const widths = await Promise.all(
			image_urls.map(async (url: string) => (await pictureAt(url)).width),
		)
		assert.deepEqual(widths, [80, 81])
	})

	await t.test('a product is changed field by field, hidden and shown', async () => {
		const [boots] = await sold()
		const path = `catalog/products/${boots.id}`
		const cheaper = await does('PATCH', path, { price: 9_900 })
		assert.deepEqual(
			[cheaper.price, cheaper.name, cheaper.image_urls],
			[9_900, 'Boots', boots.images],
		)
		const words = { name: 'Boots, red', description: 'Warm', url: 'https://shop.example/boots' }
		const renamed = await does('PATCH', path, { ...words, retailer_id: 'B-2', currency: 'USD' })
		const { name, description, url, retailer_id, currency, price } = renamed
		assert.deepEqual({ name, description, url }, words)
		assert.deepEqual([retailer_id, currency, price], ['B-2', 'USD', 9_900])
		assert.equal((await does('PATCH', path, { hidden: true })).hidden, true)
		assert.equal((await sold())[0].hidden, true)
		const shown = await does('PATCH', path, { hidden: false, images: [await picture()] })
		assert.equal(shown.hidden, false)
		assert.equal(shown.image_urls.length, 1)
		assert.notEqual(shown.image_url, boots.images[0])
		assert.deepEqual(await does('GET', `catalog/me/products/${boots.id}`), shown)
	})

	await t.test('products are deleted, one or many', async () => {
		const [boots, umbrella] = await sold()
		assert.deepEqual(await does('DELETE', `catalog/products/${boots.id}`), { deleted: 1 })
		const named = { ids: [umbrella.id, boots.id] }
		assert.deepEqual(await does('POST', 'catalog/products/delete', named), { deleted: 1 })
		assert.deepEqual(await does('DELETE', 'catalog/products', named), { deleted: 0 })
		assert.deepEqual(await sold(), [])
		await isRefused([
			['DELETE', `catalog/products/${boots.id}`, undefined, 404, 'product_not_found'],
		])
	})

	await t.test('what cannot be so is refused, and changes nothing', async () => {
		const product = { name: 'x', price: 1, currency: 'EUR' }
		const images = [await picture()]
		const text = { data: Buffer.from('no image').toString('base64') }
		const reference = {
			...{
				url: 'https://mmg.whatsapp.net/a',
				direct_path: '/a',
				media_key: 'aa',
				file_sha256: 'aa',
			},
			...{ file_enc_sha256: 'aa', file_length: 1, mimetype: 'image/jpeg' },
		}
		await isRefused([
			['POST', 'catalog/products', product, 400, 'images'],
			['POST', 'catalog/products', { ...product, images: [] }, 400, 'images'],
			[
				'POST',
				'catalog/products',
				{ ...product, images: Array(11).fill(images[0]) },
				400,
				'images',
			],
			['POST', 'catalog/products', { ...product, images, price: 1.5 }, 400, 'price'],
			['POST', 'catalog/products', { ...product, images, currency: 'euro' }, 400, 'currency'],
			['POST', 'catalog/products', { ...product, images: [images[0], text] }, 415, 'images.1'],
			['POST', 'catalog/products', { ...product, images: [reference] }, 400, 'images.0'],
			[
				'POST',
				'catalog/products',
				{ ...product, images: [{ url: 'http://127.0.0.1:9/' }] },
				400,
				'media_fetch_refused',
			],
			['PATCH', 'catalog/products/7', {}, 400, 'invalid_request'],
			['PATCH', 'catalog/products/7', { price: 5 }, 404, 'product_not_found'],
		])
		const account = owner.account.phone
		await control('POST', '/faults', { type: 'refuse_uploads', account, status: 507, times: 9 })
		await isRefused([
			['POST', 'catalog/products', { ...product, images }, 502, 'media_upload_failed'],
		])
		assert.deepEqual(await sold(), [])
	})
})

test('an account without the business app has no catalog of its own', async (t) => {
	const { gateway } = await linkedGateway(t)
	const images = [{ data: (await image(90, 30)).toString('base64') }]
	for (const [method, path, body] of [
		['GET', 'me/products', undefined],
		['GET', 'me/collections', undefined],
		['POST', 'products', { name: 'x', price: 1, currency: 'EUR', images }],
		['PATCH', 'products/7', { price: 1 }],
		['DELETE', 'products/7', undefined],
		['POST', 'products/delete', { ids: ['7'] }],
	] as const) {
		const answer = await gateway.request(method, `/api/v1/sessions/main/catalog/${path}`, body)
		assert.deepEqual([answer.status, answer.body.code], [409, 'not_business'], answer.text)
	}
})

test('silence is an error, never an empty list or a success', async (t) => {
	const { isRefused, owner, sandbox, shop } = await openBusinessWorld(t, { queryTimeoutMs: 500 })
	const images = [{ data: (await image(90, 30)).toString('base64') }]
	const product = { name: 'x', price: 1, currency: 'EUR', images }
	for (const xmlns of ['w:biz', 'w:biz:catalog', 'fb:thrift_iq'])
		sandbox.whatsapp.queryFaults.silence({ account: owner.account.phone, xmlns }, 60_000)
	const asked: [string, string, object?][] = [
		['GET', `contacts/${shop}/business-profile`],
		['PUT', 'profile/business', { email: 'a@example.com' }],
		['PUT', 'profile/business/cover', { image: images[0] }],
		['GET', `catalog/${shop}/products`],
		['GET', `catalog/${shop}/collections`],
		['POST', 'catalog/products', product],
		['PATCH', 'catalog/products/7', { price: 1 }],
		['DELETE', 'catalog/products', { ids: ['7'] }],
		['GET', 'orders/1?token=a'],
	]
	await Promise.all(
		asked.map(([method, path, body]) => isRefused([[method, path, body, 504, 'whatsapp_silent']])),
	)
})
