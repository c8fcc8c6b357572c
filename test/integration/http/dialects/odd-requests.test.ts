import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createChannel } from '../../../../gateway/src/sandbox/server/channels.ts'
import { plain } from '../../../support/media/fixtures.ts'
import { openDialects, WORKSPACE } from './support/gateway.ts'

const TO = '628123456789'

test('requests that real clients send and no document shows', async (t) => {
	const { ask, keys, budi, group, decrypted, sandbox, owner } = await openDialects(t, {
		maxMediaBytes: 4 * 1024 * 1024,
	})
	const wask = { 'x-api-key': keys.session }
	const wasphere = { authorization: `Bearer ${keys.workspace}` }
	const workspace = `/workspaces/${WORKSPACE}/proxy/api/sessions/main/messages`

	await t.test('HEAD sends nothing', async () => {
		const query = { instance_id: 'main', access_token: keys.session, chatId: `${TO}@c.us` }
		const address = (message: string) =>
			`/v2/send/text?${new URLSearchParams({ ...query, message })}`
		const peeked = await ask({ method: 'HEAD', path: address('by HEAD') })
		assert.deepEqual([peeked.status, peeked.headers.get('allow')], [405, 'GET, POST'])
		const { body } = await ask({ method: 'GET', path: address('by GET') })
		await decrypted(body.id.id)
		const texts = budi.inbox.entries.map(({ message }) => message?.extendedTextMessage?.text)
		assert.ok(!texts.includes('by HEAD'))
	})

	await t.test('an address may end with a slash', async () => {
		const text = { to: TO, text: 'hi' }
		const { body } = await ask({ headers: wask, path: '/sessions/main/send/', body: text })
		await decrypted(body.messageId)
		const image = `data:image/png;base64,${'A'.repeat(2_000_000)}`
		const path = '/sessions/main/send/image/'
		const large = await ask({ headers: wask, path, body: { to: TO, image } })
		assert.notEqual(large.status, 413, 'as large as without it')
		const native = await ask({ method: 'GET', path: '/api/v1/sessions/', headers: wask })
		assert.equal(native.status, 200)
	})

	await t.test('null leaves an optional field out, and no other', async () => {
		const send = (text: unknown) =>
			ask({
				headers: wasphere,
				path: `${workspace}/text`,
				body: { to: TO, text, quotedId: null },
			})
		const { body } = await send('hi')
		const { message } = await decrypted(body.messageId)
		assert.equal(message?.extendedTextMessage?.contextInfo ?? null, null)
		const refused = await send(null)
		assert.match(refused.body.message, /^`text`: /)
		assert.equal(refused.status, 400)
	})

	await t.test('a type that there is not is 404 with those that there are', async () => {
		for (const type of ['Text', 'viewonce']) {
			const body = { to: TO, text: 'hi' }
			const answer = await ask({ headers: wasphere, path: `${workspace}/${type}`, body })
			assert.equal(answer.status, 404)
			assert.match(
				answer.body.message,
				new RegExp(`type ${type} does not exist. Known types are text, image, .*reaction`),
			)
		}
	})

	await t.test('a group that WhatsApp does not know is told from a failure', async () => {
		const body = { to: '628123456789-1600000000@g.us', text: 'hi' }
		const answer = await ask({ headers: wask, path: '/sessions/main/send', body })
		assert.deepEqual([answer.status, answer.body.code], [422, 'recipient_not_on_whatsapp'])
		assert.match(answer.body.error, /`to`/)
	})

	await t.test('who wrote a message of a group that is not remembered can be said', async () => {
		const forgotten = { chatId: group, messageIds: ['3EB0ABC123456789'] }
		const read = (body: object) => ask({ headers: wask, path: '/sessions/main/read', body })
		const asked = await read(forgotten)
		assert.match(asked.body.error, /`sender`/)
		assert.equal((await read({ ...forgotten, sender: TO })).status, 200)
	})

	await t.test('JSON that cannot be parsed is no missing key', async () => {
		const headers = { 'content-type': 'application/json' }
		const broken = await ask({ path: '/v2/send/text', headers, raw: '{"access_token": "a' })
		assert.deepEqual([broken.status, broken.body.code], [400, 'invalid_json'])
		assert.equal((await ask({ path: '/v2/send/text', headers, raw: '' })).status, 401)
	})

	await t.test(
		'WaFastApi: a Boolean of Python, too many files, and a place with a name',
		async () => {
			const picture = new Uint8Array(await plain(32, 32).jpeg().toBuffer())
			const form = new FormData()
			form.set('number', TO)
			form.set('viewOnce', 'True')
			form.append('photos', new Blob([picture], { type: 'image/jpeg' }), 'a.jpg')
			const sent = await ask({ headers: wask, path: '/api/whatsapp/send/photo', form })
			const { message } = await decrypted(sent.body.messages[0])
			assert.ok(message?.viewOnceMessage)

			const noFile = new FormData()
			noFile.set('number', TO)
			noFile.set('photos', 'https://example.com/a.jpg')
			const refused = await ask({ headers: wask, path: '/api/whatsapp/send/photo', form: noFile })
			assert.equal(refused.body.error, '`photos`: must be one or more files.')

			const place = { degreesLatitude: 0, degreesLongitude: 0, name: 'Null Island', address: 'Sea' }
			const located = await ask({
				headers: wask,
				path: '/api/whatsapp/send/location',
				body: { number: TO, location: place },
			})
			const { message: pin } = await decrypted(located.body.messageId)
			assert.partialDeepStrictEqual(pin?.locationMessage, { name: 'Null Island', address: 'Sea' })
		},
	)

	await t.test(
		'a post of a channel of the sandbox is forwarded, though its id is long',
		async () => {
			const { id: newsletter_jid } = createChannel(sandbox.whatsapp, owner.account, {
				name: 'News',
			})
			const post = { to: TO, text: 'Look', newsletter_jid, server_message_id: 42 }
			const path = '/api/v1/sessions/main/messages/newsletter-forward'
			const { body } = await ask({ headers: wask, path, body: post })
			await decrypted(body.message_id)
		},
	)
})
