import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChannel } from '../../../../gateway/src/sandbox/server/channels.ts'
import { clip, h264, make, plain, tone } from '../../../support/media/fixtures.ts'
import { temporaryDirectory } from '../../../support/gateway/gateway.ts'
import { readFile } from 'node:fs/promises'
import { openDialects, type Request } from './support/gateway.ts'
import { documented } from './support/wawp-answer.ts'

const CHAT = '628123456789@c.us'

test('Wawp', async (t) => {
	const world = await openDialects(t)
	const { ask, keys, gateway, sandbox, owner, sari, group, decrypted, budiWrites } = world
	const instance = { instance_id: 'main', access_token: keys.session }
	const text = (body: object) =>
		ask({ path: '/v2/send/text', body: { ...instance, chatId: CHAT, message: 'hi', ...body } })

	await t.test('a text is answered with every field of the document, in its types', async () => {
		const { status, body } = await text({ message: 'Hi from Wawp' })
		assert.equal(status, 200)
		const { message, timestamp } = await decrypted(body.id.id)
		assert.equal(message?.extendedTextMessage?.text, 'Hi from Wawp')
		assert.deepEqual(Object.keys(body), Object.keys(documented))
		assert.deepEqual(Object.keys(body._data), Object.keys(documented._data))
		for (const [is, was] of [
			[body, documented],
			[body._data, documented._data],
		] as const) {
			for (const [name, sample] of Object.entries(was)) agree(name, (is as any)[name], sample)
		}
		const key = {
			fromMe: true,
			remote: CHAT,
			id: body.id.id,
			_serialized: `true_${CHAT}_${body.id.id}`,
		}
		assert.deepEqual([body.id, body._data.id], [key, key])
		assert.partialDeepStrictEqual(body, {
			ack: 1,
			body: 'Hi from Wawp',
			type: 'chat',
			from: '491700000001@c.us',
			to: CHAT,
			fromMe: true,
			hasMedia: false,
			mediaKey: null,
			hasQuotedMsg: false,
		})
		assert.ok(Math.abs(body.timestamp - timestamp) < 60)
		assert.deepEqual(body._data.to, { server: 'c.us', user: '628123456789', _serialized: CHAT })
	})

	await t.test('a text goes to a group and to a channel', async () => {
		const inGroup = await text({ chatId: group })
		assert.equal(inGroup.body.to, group)
		await decrypted(inGroup.body.id.id, sari)
		const channel = createChannel(sandbox.whatsapp, owner.account, { name: 'News' })
		const published = await text({ chatId: channel.id })
		assert.deepEqual([published.status, published.body.to], [200, channel.id], published.text)
		assert.equal(channel.messages.length, 1)
	})

	await t.test(
		'an answer quotes a message named by its serialized id or by its id alone',
		async () => {
			const id = await budiWrites('a question')
			const forms = [`false_${CHAT}_${id}`, id, `false_${group}_${id}_${CHAT}`]
			for (const reply_to of forms) {
				const { body } = await text({ reply_to })
				assert.equal(body.hasQuotedMsg, true)
				const { message } = await decrypted(body.id.id)
				assert.equal(message?.extendedTextMessage?.contextInfo?.stanzaId, id)
			}
			for (const reply_to of ['', null])
				assert.equal((await text({ reply_to })).body.hasQuotedMsg, false)
			const elided = await text({ reply_to: 'false_111...AAAA' })
			const { message } = await decrypted(elided.body.id.id)
			assert.equal(message?.extendedTextMessage?.contextInfo?.stanzaId, 'false_111...AAAA')
		},
	)

	await t.test(
		'all of a request may be in its address, with GET too; the body counts first',
		async () => {
			const query = new URLSearchParams({ ...instance, chatId: CHAT, message: 'from the address' })
			const path = `/v2/send/text?${query}`
			const json = { 'content-type': 'application/json' }
			for (const request of [
				{ path },
				{ path, headers: json },
				{ path, method: 'GET' },
				{ path, method: 'GET', headers: json },
			] satisfies Request[]) {
				const { status, body, text } = await ask(request)
				assert.equal(status, 200, text)
				const { message } = await decrypted(body.id.id)
				assert.equal(message?.extendedTextMessage?.text, 'from the address')
			}
			const { body } = await ask({ path, body: { message: 'from the body' } })
			assert.equal(body.body, 'from the body')
		},
	)

	await t.test('the key is taken from each of its places', async () => {
		const body = { instance_id: 'main', chatId: CHAT, message: 'hi' }
		const { instance_id, ...rest } = body
		const bearer = { authorization: `Bearer ${keys.session}` }
		for (const request of [
			{ body: { ...body, access_token: keys.session } },
			{ path: `/v2/send/text?access_token=${keys.session}`, body },
			{ headers: bearer, body },
			{ headers: { ...bearer, 'x-instance-id': instance_id }, body: rest },
			{ headers: { 'access-token': keys.session }, body },
		] as Partial<Request>[]) {
			const { status, text } = await ask({ path: '/v2/send/text', ...request })
			assert.equal(status, 200, text)
		}
		const elsewhere = await ask({
			path: '/v2/send/text',
			headers: { 'x-api-key': keys.session },
			body,
		})
		assert.equal(elsewhere.status, 401)
	})

	await t.test('files go by URL and as a part of a form', async () => {
		const dir = await temporaryDirectory(t)
		const jpeg = await plain(64, 48).jpeg().toBuffer()
		const asUri = (type: string, bytes: Buffer) => `data:${type};base64,${bytes.toString('base64')}`
		const caption = 'Here it is'
		const path = '/v2/send/image'
		const url = asUri('image/jpeg', jpeg)
		const byUrl = await ask({ path, body: { ...instance, chatId: CHAT, url, caption } })
		assert.equal(byUrl.status, 200, byUrl.text)
		assert.partialDeepStrictEqual(byUrl.body, {
			hasMedia: true,
			body: caption,
			type: 'image',
			_data: { type: 'image', caption, mimetype: 'image/jpeg', size: jpeg.length },
		})
		for (const field of ['mediaKey', 'directPath', 'filehash', 'encFilehash', 'body'])
			assert.equal(typeof byUrl.body._data[field], 'string', field)
		const arrived = await decrypted(byUrl.body.id.id)
		assert.equal(arrived.message?.imageMessage?.caption, caption)
		const key = Buffer.from(arrived.message!.imageMessage!.mediaKey!).toString('base64')
		assert.equal(byUrl.body.mediaKey, key)

		const mp4 = await readFile(await make(dir, 'mp4', ...clip(1), ...h264))
		const mp3 = await readFile(await make(dir, 'mp3', ...tone(1)))
		const pdf = Buffer.from('%PDF-1.4\n%%EOF\n')
		for (const [kind, bytes, type, name, field] of [
			['image', jpeg, 'image/jpeg', 'a.jpg', 'imageMessage'],
			['video', mp4, 'video/mp4', 'a.mp4', 'videoMessage'],
			['audio', mp3, 'audio/mpeg', 'a.mp3', 'audioMessage'],
			['voice', mp3, 'audio/mpeg', 'a.mp3', 'audioMessage'],
			['document', pdf, 'application/pdf', 'a.pdf', 'documentMessage'],
			['sticker', jpeg, 'image/jpeg', 'a.jpg', 'stickerMessage'],
		] as const) {
			const form = new FormData()
			form.append('chatId', CHAT)
			form.append('file', new File([new Uint8Array(bytes)], name, { type }))
			const headers = { authorization: `Bearer ${keys.session}`, 'x-instance-id': 'main' }
			const { status, body, text } = await ask({ path: `/v2/send/${kind}`, headers, form })
			assert.equal(status, 200, text)
			const { message } = await decrypted(body.id.id)
			const part = message![field]!
			assert.ok(part, kind)
			if ('ptt' in part && part.ptt !== null) assert.equal(part.ptt, kind === 'voice')
			if ('fileName' in part) assert.equal(part.fileName, name)
			assert.equal(body.type, kind === 'voice' ? 'ptt' : kind)
		}
	})

	await t.test('messages are marked as read, groups and chats are listed', async () => {
		const id = await budiWrites('read this')
		const messageId = `false_${CHAT}_${id}`
		const seen = await ask({
			path: '/v2/send/seen',
			body: { ...instance, chatId: CHAT, messageId },
		})
		assert.deepEqual([seen.status, seen.body], [200, { success: true }])
		const query = new URLSearchParams(instance)
		const groups = await ask({ method: 'GET', path: `/v2/groups?${query}` })
		assert.deepEqual(groups.body, [{ id: group, name: 'Team', participants: 3 }])
		const chats = await ask({ method: 'GET', path: `/v2/chats?${query}` })
		assert.ok(chats.body.some((chat: any) => chat.id === CHAT && chat.name === 'Budi'))
	})

	await t.test('sessions are made, and show their state and their QR', async () => {
		const info = await ask({ path: '/v2/session/info', body: instance })
		assert.deepEqual(info.body, {
			instance_id: 'main',
			name: 'main',
			status: 'WORKING',
			qr: null,
			me: { id: '491700000001@c.us', pushName: 'Owner' },
		})
		const admin = { access_token: keys.admin }
		const made = await ask({ path: '/v2/session/create', body: { ...admin, name: 'Shop' } })
		assert.equal(made.status, 200, made.text)
		await gateway.becomes(made.body.instance_id, 'linking')
		const query = new URLSearchParams({ ...admin, instance_id: made.body.instance_id })
		const shown = await ask({ method: 'GET', path: `/v2/session/info?${query}` })
		assert.partialDeepStrictEqual(shown.body, { name: 'Shop', status: 'SCAN_QR_CODE', me: null })
		assert.match(shown.body.qr, /^data:image\/png;base64,/)
	})

	const failing = (
		what: string,
		status: number,
		code: string,
		request: Partial<Request>,
		words = /./,
	) =>
		t.test(what, async () => {
			const answer = await ask({ path: '/v2/send/text', ...request })
			assert.equal(answer.status, status, answer.text)
			assert.deepEqual(Object.keys(answer.body), ['code', 'message', 'data'])
			assert.deepEqual([answer.body.code, answer.body.data], [code, { status }])
			assert.match(answer.body.message, words)
		})
	const whole = { ...instance, chatId: CHAT, message: 'hi' }
	const without = (field: keyof typeof whole) => ({ body: { ...whole, [field]: undefined } })

	await failing('no key is 401', 401, 'unauthorized', without('access_token'))
	const wrong = { body: { ...whole, access_token: 'wrong' } }
	await failing('a wrong key is 401', 401, 'unauthorized', wrong)
	const strange = { body: { ...whole, instance_id: 'nobody' } }
	await failing('an unknown instance is 404', 404, 'session_not_found', strange)
	const others = { body: { ...whole, access_token: keys.other } }
	await failing("somebody else's instance is 404", 404, 'session_not_found', others)
	for (const field of ['instance_id', 'chatId', 'message'] as const) {
		const names = new RegExp(`\`${field}\``)
		await failing(`without ${field} is 400`, 400, 'invalid_request', without(field), names)
		const typed = { body: { ...whole, [field]: 5 } }
		await failing(`${field} as a number is 400`, 400, 'invalid_request', typed, names)
	}
	const long = { body: { ...whole, message: '😀'.repeat(4097) } }
	await failing('4,097 characters are 400', 400, 'invalid_request', long, /`message`/)
	await t.test('4,096 characters are sent', async () => {
		assert.equal((await text({ message: '😀'.repeat(4096) })).status, 200)
	})
	const nowhere = { body: { ...whole, chatId: 'someone@c.us' } }
	await failing('a chatId that is none is 400', 400, 'invalid_recipient', nowhere, /`chatId`/)
	const nobody = { body: { ...whole, chatId: '4915199999999@c.us' } }
	await failing('a number without WhatsApp is 422', 422, 'recipient_not_on_whatsapp', nobody)
	await t.test('a body that is not JSON is 400, of another type 415', async () => {
		const broken = await gateway.app.request(`/v2/send/text?access_token=${keys.session}`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"chatId":',
		})
		assert.deepEqual([broken.status, ((await broken.json()) as any).code], [400, 'invalid_json'])
		const plain = await gateway.app.request('/v2/send/text', { method: 'POST', body: 'hi' })
		assert.deepEqual(
			[plain.status, ((await plain.json()) as any).code],
			[415, 'unsupported_media_type'],
		)
	})
	const noPicture = 'data:text/plain;base64,bm8gcGljdHVyZQ=='
	const image = { path: '/v2/send/image', body: { ...instance, chatId: CHAT, url: noPicture } }
	await failing('a file of another kind is 415', 415, 'unsupported_media_type', image, /`url`/)
	const none = { ...image, body: { ...instance, chatId: CHAT } }
	await failing('a file that is missing is 400', 400, 'invalid_request', none, /`url`/)
	const huge = { body: { ...whole, message: 'x'.repeat(1024 * 1024 + 1) } }
	await failing('a JSON body of more than 1 MiB is 413', 413, 'payload_too_large', huge)
	await t.test('a file that is too large is 413', async () => {
		const form = new FormData()
		form.append('file', new File([new Uint8Array(1024 * 1024 + 1)], 'a.jpg'))
		const headers = { authorization: `Bearer ${keys.session}` }
		const { status, body } = await ask({ path: '/v2/send/image', headers, form })
		assert.deepEqual([status, body.code, body.data], [413, 'media_too_large', { status: 413 }])
	})
	const unheard = { ...image, path: '/v2/send/voice', body: { ...image.body, caption: 'hi' } }
	await failing('a caption of a voice note is refused', 501, 'not_supported', unheard, /`caption`/)
	await failing('an address that is none is 404', 404, 'not_found', { path: '/v2/x', ...wholeOf() })
	await failing('another method is 405', 405, 'method_not_allowed', {
		method: 'DELETE',
		...wholeOf(),
	})

	function wholeOf() {
		return { headers: { authorization: `Bearer ${keys.session}` } }
	}

	sandbox.whatsapp.faults.refuseMessages(owner.account.phone, 500)
	const sent = { body: whole }
	await failing("WhatsApp's refusal is an upstream error", 502, 'wawp_upstream_error', sent)
	await gateway.request('POST', '/api/v1/sessions/main/disconnect')
	await failing('a session that is off is an upstream error', 503, 'wawp_upstream_error', sent)
})

test('what DIALECTS does not name is not there', async (t) => {
	const { gateway } = await openDialects(t, { dialects: ['wask', 'wasphere'] })
	for (const path of ['/v2/send/text', '/api/whatsapp/send/text', '/api/session/new']) {
		const { status, body } = await gateway.request('POST', path, {})
		assert.deepEqual([status, body.code], [404, 'not_found'], path)
	}
	const { body } = await gateway.request('GET', '/openapi.json')
	const tags = body.tags.map(({ name }: { name: string }) => name)
	assert.deepEqual([tags.includes('wasphere'), tags.includes('wawp')], [true, false])
})

test('more sends than RATE_LIMIT are 429, with GET too', async (t) => {
	const { ask, keys } = await openDialects(t, { rateLimit: 1 })
	const body = { instance_id: 'main', access_token: keys.session, chatId: CHAT, message: 'hi' }
	const path = `/v2/send/text?${new URLSearchParams(body)}`
	assert.equal((await ask({ method: 'GET', path })).status, 200)
	for (const request of [
		{ method: 'GET', path },
		{ path: '/v2/send/text', body },
	]) {
		const { status, headers, body } = await ask(request)
		assert.deepEqual([status, body.code, body.data], [429, 'rate_limited', { status: 429 }])
		assert.match(headers.get('retry-after') ?? '', /^\d+$/)
	}
})

test('a text that WhatsApp has not acknowledged in time is 202, with the ack 0', async (t) => {
	const { ask, keys, sandbox, owner } = await openDialects(t, { sendTimeout: 0.5 })
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const body = { instance_id: 'main', access_token: keys.session, chatId: CHAT, message: 'hi' }
	const { status, body: sent } = await ask({ path: '/v2/send/text', body })
	assert.deepEqual([status, sent.ack, sent._data.ack], [202, 0, 0])
	sandbox.whatsapp.faults.releaseAcks(owner.account.phone)
})

/** Of the document's type: what it has as `{}` is a list, and what is unknown is null. */
function agree(name: string, is: unknown, sample: unknown) {
	if (is === null || sample === null) return
	const isEmpty = typeof sample === 'object' && Object.keys(sample).length === 0
	if (isEmpty) return assert.ok(Array.isArray(is), name)
	assert.equal(typeof is, typeof sample, name)
}
