import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { ADMIN_KEY, linkedGateway } from '../../support/gateway/gateway.ts'
import { readableMessage, uploaded } from './support/conversation.ts'

type Entry = [name: string, value: string | File]

const MAX_FILE_BYTES = 64 * 1024

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t, { maxMediaBytes: MAX_FILE_BYTES })
	const { gateway, ada } = world

	async function post(
		type: string,
		body: FormData | string | ReadableStream,
		headers: Record<string, string> = {},
	) {
		const answer = await gateway.app.request(`/api/v1/sessions/main/messages/${type}`, {
			method: 'POST',
			headers: { 'x-api-key': ADMIN_KEY, ...headers },
			body,
		})
		return { status: answer.status, body: (await answer.json()) as any }
	}

	return {
		...world,
		post,
		sends(type: string, entries: Entry[], headers?: Record<string, string>) {
			const form = new FormData()
			form.append('to', ada.account.phone)
			for (const [name, value] of entries) form.append(name, value)
			return post(type, form, headers)
		},
		/** What the gateway has kept of uploads. */
		leftovers: () => readdir(join(gateway.dataDir, 'tmp')).catch(() => []),
		async arrived(id: string) {
			const { message } = await ada.receives((received) => received.id === id)
			return readableMessage(message!)
		},
	}
}

const reference = JSON.stringify(uploaded.given)

test('a number in a field that takes a text stays a text', async (t) => {
	const { sends, arrived } = await openWorld(t)
	const { status, body } = await sends('product', [
		['image', reference],
		['product_id', '1'],
		['seller_jid', '4915112345678'],
		['title', '2'],
	])
	assert.equal(status, 200, JSON.stringify(body))
	const { productMessage } = (await arrived(body.message_id)) as any
	assert.equal(productMessage.businessOwnerJid, '4915112345678@s.whatsapp.net')
})

test('a form means the same as JSON: texts unchanged, everything else as JSON', async (t) => {
	const { sends, arrived } = await openWorld(t)
	const { status, body } = await sends('image', [
		['image', reference],
		['caption', '123'],
		['view_once', 'true'],
		['expiration', '60'],
		['mentions', '["4930123456"]'],
	])
	assert.equal(status, 200, JSON.stringify(body))
	const contextInfo = { mentionedJid: ['4930123456@s.whatsapp.net'], expiration: 60 }
	assert.deepEqual(await arrived(body.message_id), {
		viewOnceMessage: {
			message: {
				imageMessage: { ...uploaded.arrives, caption: '123', viewOnce: true, contextInfo },
			},
		},
	})
})

test('a part can name a place within a field', async (t) => {
	const { sends, arrived } = await openWorld(t)
	const { status, body } = await sends('album', [
		['items.0.image', reference],
		['items[1][image]', reference],
		['items.1.caption', 'two'],
	])
	assert.equal(status, 200, JSON.stringify(body))
	assert.deepEqual(await arrived(body.message_id), {
		albumMessage: { expectedImageCount: 2, expectedVideoCount: 0 },
	})
})

test('the fields of a form are checked as those of JSON are', async (t) => {
	const { sends } = await openWorld(t)
	const refused: [Entry[], string][] = [
		[[], 'image'],
		[[['image', 'a picture']], 'image'],
		[
			[
				['image', reference],
				['view_once', 'perhaps'],
			],
			'view_once',
		],
		[
			[
				['image', reference],
				['expiration', 'soon'],
			],
			'expiration',
		],
	]
	for (const [entries, field] of refused) {
		const { status, body } = await sends('image', entries)
		assert.deepEqual([status, body.field], [400, field])
	}
})

test('a file that is too large is refused by the name of its part, and leaves nothing', async (t) => {
	const { sends, leftovers } = await openWorld(t)
	const large = new File([Buffer.alloc(MAX_FILE_BYTES + 1)], 'large.jpg')
	const { status, body } = await sends('image', [['image', large]])
	assert.deepEqual([status, body.code, body.field], [413, 'media_too_large', 'image'])
	assert.deepEqual(await leftovers(), [])
})

test('a form that cannot be read says why', async (t) => {
	const { post } = await openWorld(t)
	const type = (boundary: string) => ({ 'content-type': `multipart/form-data${boundary}` })
	const malformed: [string, string][] = [
		['--b\r\nContent-Disposition: form-data; name="to"\r\n\r\n49', 'ends before its last boundary'],
		['--b\r\nContent-Disposition: form-data\r\n\r\n49\r\n--b--', 'has no name'],
		['--b\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n{}\r\n--b--', 'name'],
	]
	for (const [text, why] of malformed) {
		const { status, body } = await post('image', text, type('; boundary=b'))
		assert.equal(status, 400)
		assert.match(body.detail, new RegExp(why))
	}
	assert.match((await post('image', '', type(''))).body.detail, /boundary/)
})

test('a type without files takes no form', async (t) => {
	const { sends } = await openWorld(t)
	const { status, body } = await sends('text', [['text', 'hi']])
	assert.deepEqual([status, body.code], [415, 'unsupported_media_type'])
})
