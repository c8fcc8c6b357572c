import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { until } from '../../../support/wait.ts'
import { ADMIN_KEY } from '../../../support/gateway/gateway.ts'
import { openFileWorld, sha256 } from '../../../support/gateway/files.ts'

const picture = () =>
	sharp({ create: { width: 96, height: 64, channels: 3, background: 'teal' } })
		.jpeg()
		.toBuffer()

test('a file that is uploaded once is sent twice, and both phones open it', async (t) => {
	const { sandbox, post, ada, leftovers } = await openFileWorld(t)
	const bo = sandbox.phone('491700000003', { name: 'Bo' })
	const { status, body: image } = await post('/media/upload', {
		media_type: 'image',
		data: (await picture()).toString('base64'),
	})
	assert.equal(status, 200, JSON.stringify(image))
	assert.deepEqual([image.media_type, image.mimetype], ['image', 'image/jpeg'])
	for (const person of [ada, bo]) {
		const sent = await post('/messages/image', { to: person.account.phone, image })
		assert.equal(sent.status, 200, JSON.stringify(sent.body))
		const { media, message } = await person.receives(({ id }) => id === sent.body.message_id)
		const hash = Buffer.from(image.file_sha256, 'base64').toString('hex')
		assert.deepEqual([media?.sha256, media?.size], [hash, image.file_length])
		const { width, height, jpegThumbnail } = message!.imageMessage!
		assert.deepEqual([width, height, (jpegThumbnail?.length ?? 0) > 100], [96, 64, true])
	}
	assert.deepEqual(await leftovers(), [])
})

test('a form uploads a document, whose bytes a download by its reference gives back', async (t) => {
	const { gateway, post, leftovers } = await openFileWorld(t)
	const bytes = randomBytes(300_000)
	const form = new FormData()
	form.append('media_type', 'document')
	form.append('mimetype', 'application/x-own')
	form.append('file', new File([new Uint8Array(bytes)], 'own.bin', { type: 'text/x-other' }))
	const answer = await gateway.app.request('/api/v1/sessions/main/media/upload', {
		method: 'POST',
		headers: { 'x-api-key': ADMIN_KEY },
		body: form,
	})
	const reference = (await answer.json()) as any
	assert.equal(answer.status, 200, JSON.stringify(reference))
	assert.partialDeepStrictEqual(reference, {
		mimetype: 'application/x-own',
		filename: 'own.bin',
		file_length: bytes.length,
		file_sha256: createHash('sha256').update(bytes).digest('base64'),
	})
	const { body } = await post('/media/download', reference)
	const { data, ...facts } = body
	assert.ok(Buffer.from(data, 'base64').equals(bytes))
	assert.deepEqual(facts, {
		mimetype: 'application/x-own',
		filename: 'own.bin',
		size: bytes.length,
		sha256: sha256(bytes),
	})
	await until('nothing of it stays here', async () => !(await leftovers()).length)
})

test('a download by a message brings JSON, or bytes if they are asked for', async (t) => {
	const { adaSendsFile, gateway, post } = await openFileWorld(t)
	const { id, data } = await adaSendsFile()
	const { body } = await post('/media/download', { message_id: id })
	assert.deepEqual([body.data, body.size], [data.toString('base64'), data.length])
	for (const [query, accept] of [
		['?format=binary', '*/*'],
		['', 'application/octet-stream'],
	] as const) {
		const answer = await gateway.app.request(`/api/v1/sessions/main/media/download${query}`, {
			method: 'POST',
			headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json', accept },
			body: JSON.stringify({ message_id: id }),
		})
		assert.ok(Buffer.from(await answer.arrayBuffer()).equals(data))
	}
})

test('an incomplete upload or download request names the missing field', async (t) => {
	const { post } = await openFileWorld(t)
	const data = Buffer.from('no picture').toString('base64')
	for (const [path, body, status, code] of [
		['/media/upload', { data }, 400, 'invalid_request'],
		['/media/upload', { media_type: 'image' }, 400, 'invalid_request'],
		['/media/upload', { media_type: 'film', data }, 400, 'invalid_request'],
		['/media/upload', { media_type: 'image', data }, 415, 'unsupported_media_type'],
		['/media/upload', { media_type: 'document', path: '/etc/passwd' }, 400, 'media_fetch_refused'],
		[
			'/media/upload',
			{ media_type: 'document', url: 'http://127.0.0.1:9/' },
			400,
			'media_fetch_refused',
		],
		['/media/download', {}, 400, 'invalid_request'],
		['/media/download', { direct_path: '/v/1', media_type: 'image' }, 400, 'invalid_request'],
		['/media/download', { message_id: 'NEVER' }, 404, 'message_not_found'],
	] as const) {
		const answer = await post(path, body)
		assert.deepEqual([answer.status, answer.body.code], [status, code], JSON.stringify(answer.body))
	}
})
