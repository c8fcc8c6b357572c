import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sessionIdOf } from '../../../../gateway/src/http/dialects/evolution/instance-ids.ts'
import { openDialects, type Request } from './support/gateway.ts'

const TO = '628123456789'

test('Evolution: a text goes out, and errors have its form', async (t) => {
	const { ask, keys, budi, decrypted, owner, gateway } = await openDialects(t)
	const headers = { apikey: keys.session }
	const text = (body: object, request: Partial<Request> = {}) =>
		ask({
			path: '/message/sendText/main',
			headers,
			body: { number: TO, text: 'Hello', ...body },
			...request,
		})

	await t.test('a text is answered with the message object, and arrives', async () => {
		const { status, body } = await text({ text: 'Hello from Evolution' })
		assert.equal(status, 201)
		const { message } = await decrypted(body.key.id)
		assert.equal(message?.extendedTextMessage?.text, 'Hello from Evolution')
		assert.partialDeepStrictEqual(body, {
			key: {
				remoteJid: `${TO}@s.whatsapp.net`,
				fromMe: true,
				remoteJidAlt: `${budi.account.lid}@lid`,
				addressingMode: 'pn',
			},
			pushName: 'Você',
			status: 'PENDING',
			messageType: 'conversation',
			contextInfo: null,
		})
		assert.equal(body.message.conversation, 'Hello from Evolution')
		assert.equal(typeof body.messageTimestamp, 'number')
		assert.match(body.instanceId, /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/)
	})

	await t.test('the key is asked for before anything else', async () => {
		const refused = { status: 401, error: 'Unauthorized', response: { message: 'Unauthorized' } }
		for (const headers of [{}, { apikey: 'wrong' }, { 'x-api-key': keys.session }] as Record<
			string,
			string
		>[])
			for (const path of ['/message/sendText/main', '/message/sendText/nowhere', '/chat/nothing']) {
				const { status, body } = await text({}, { path, headers })
				assert.deepEqual([status, body], [401, refused])
			}
	})

	await t.test('an instance that is none, or is of another key, does not exist', async () => {
		const refused = (name: string) => ({
			status: 404,
			error: 'Not Found',
			response: { message: [`The "${name}" instance does not exist`] },
		})
		const nowhere = await text({}, { path: '/message/sendText/nowhere' })
		assert.deepEqual([nowhere.status, nowhere.body], [404, refused('nowhere')])
		const others = await text({}, { headers: { apikey: keys.other } })
		assert.deepEqual([others.status, others.body], [404, refused('main')])
	})

	await t.test('a path or method that is none is named', async () => {
		for (const [method, path] of [
			['POST', '/message/sendSong/main'],
			['GET', '/message/sendText/main'],
		] as const) {
			const { status, body } = await ask({ method, path, headers })
			assert.deepEqual([status, body.response.message], [404, [`Cannot ${method} ${path}`]])
		}
	})

	await t.test('fields that are not valid are said in a list in a list', async () => {
		const said = async (body: object) => {
			const { status, body: answer } = await text(body)
			assert.deepEqual([status, answer.error], [400, 'Bad Request'])
			return answer.response.message
		}
		assert.deepEqual(await said({ text: undefined }), [['instance requires property "text"']])
		assert.deepEqual(await said({ number: 5511 }), [['Invalid format']])
		assert.deepEqual(await said({ number: 'abc' }), ['Invalid format'])
		assert.deepEqual(await said({ delay: 'soon' }), [['Enter a value in milliseconds']])
		assert.deepEqual(await said({ text: ' ' }), ['Text is required'])
		const mentions = [['"mentioned" must be an array of numeric strings']]
		assert.deepEqual(await said({ mentioned: 'ana' }), mentions)
		assert.deepEqual(await said({ mentioned: ['ana'] }), mentions)
		assert.deepEqual(await said({ quoted: { key: {} } }), [
			['instance.quoted.key requires property "id"'],
		])
	})

	await t.test('a number that nobody has is said in a form that can be tested', async () => {
		const { status, body } = await text({ number: '+62 811 111 111' })
		assert.equal(status, 400)
		const nobody = { jid: '62811111111@s.whatsapp.net', exists: false, number: '+62 811 111 111' }
		assert.deepEqual(body.response.message, [nobody])
	})

	await t.test('a group that the account is not in is not found', async () => {
		const { status, body } = await text({ number: '120363999999999999@g.us' })
		assert.deepEqual([status, body.response.message], [404, ['Group not found']])
	})

	await t.test('GET / needs no key and tells the version', async () => {
		const { status, body } = await ask({ method: 'GET', path: '/' })
		assert.equal(status, 200)
		assert.partialDeepStrictEqual(body, { status: 200, version: '2.3.7', api: '/api/v1' })
	})

	await t.test('verify-creds says whether the key is right', async () => {
		const { status, body } = await ask({ path: '/verify-creds', headers })
		assert.equal(status, 200)
		assert.deepEqual(body, {
			status: 200,
			message: 'Credentials are valid',
			facebookAppId: null,
			facebookConfigId: null,
			facebookUserToken: null,
		})
		assert.equal((await ask({ path: '/verify-creds' })).status, 401)
	})

	await t.test('the account itself can be written to', async () => {
		const { body } = await text({ number: owner.account.phone })
		assert.equal(body.key.remoteJid, `${owner.account.phone}@s.whatsapp.net`)
	})

	await t.test(
		'an instance that is not connected says so in the text that retries look for',
		async () => {
			await gateway.request('POST', '/api/v1/sessions', { id: 'away' })
			const path = '/message/sendText/away'
			const { status, body } = await text({}, { path, headers: { apikey: keys.admin } })
			assert.deepEqual([status, body.response.message], [400, ['Error: Connection Closed']])
		},
	)

	await t.test('an instance is found by a name that our ids cannot have', async () => {
		const name = 'Loja São Paulo/2'
		const id = sessionIdOf(name)
		const find = (instance: string) =>
			ask({
				method: 'GET',
				path: `/webhook/find/${encodeURIComponent(instance)}`,
				headers: { apikey: keys.admin },
			})
		assert.equal((await find(name)).status, 404)
		await gateway.request('POST', '/api/v1/sessions', { id, name })
		for (const known of [name, id]) assert.equal((await find(known)).status, 200, known)
		assert.equal((await find('Loja São Paulo/3')).status, 404)
	})
})
