import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDialects, type Request } from '../support/gateway.ts'

const TO = '628123456789'

test('WAHA: a text goes out, and errors have its form', async (t) => {
	const { ask, gateway, keys, budi, budiWrites, decrypted, owner, group } = await openDialects(t)
	const headers = { 'x-api-key': keys.session }
	const text = (body: object = {}, request: Partial<Request> = {}) =>
		ask({
			path: '/api/sendText',
			headers,
			body: { session: 'main', chatId: `${TO}@c.us`, text: 'Hello', ...body },
			...request,
		})

	await t.test('a text is answered with the message and the raw one, and arrives', async () => {
		const { status, body } = await text({ text: 'Hello from WAHA', reply_to: '' })
		assert.equal(status, 201)
		const { message } = await decrypted(body.key.id)
		assert.equal(message?.extendedTextMessage?.text, 'Hello from WAHA')
		assert.partialDeepStrictEqual(body, {
			id: `true_${TO}@c.us_${body.key.id}`,
			from: `${TO}@c.us`,
			fromMe: true,
			source: 'api',
			body: 'Hello from WAHA',
			hasMedia: false,
			media: null,
			replyTo: null,
			key: {
				remoteJid: `${TO}@s.whatsapp.net`,
				fromMe: true,
				remoteJidAlt: `${budi.account.lid}@lid`,
			},
			message: { extendedTextMessage: { text: 'Hello from WAHA' } },
			_data: { key: { id: body.key.id } },
		})
		assert.equal(body.messageTimestamp, body.timestamp)
	})

	await t.test('every form of an address leads to the same chat', async () => {
		const forms = [TO, `+${TO}`, `${TO}@s.whatsapp.net`, `${budi.account.lid}@lid`]
		for (const chatId of forms) {
			const { body } = await text({ chatId })
			assert.equal(body.from, `${TO}@c.us`, chatId)
			await decrypted(body.key.id)
		}
	})

	await t.test('a group has the author behind the id', async () => {
		const { body } = await text({ chatId: group })
		const me = `${owner.account.phone}@c.us`
		assert.equal(body.id, `true_${group}_${body.key.id}_${me}`)
		assert.deepEqual([body.to, body.participant], [group, me])
		await decrypted(body.key.id)
	})

	await t.test(
		'a reply quotes, by either form of the id, and one of nothing is sent plain',
		async () => {
			const id = await budiWrites('First')
			for (const reply_to of [id, `false_${TO}@c.us_${id}`]) {
				const { body } = await text({ reply_to })
				assert.partialDeepStrictEqual(body.replyTo, { id, body: 'First' })
				const { message } = await decrypted(body.key.id)
				assert.equal(message?.extendedTextMessage?.contextInfo?.stanzaId, id)
			}
			for (const reply_to of ['3EB0FFFFFFFF', null]) {
				const { status, body } = await text({ reply_to })
				assert.deepEqual([status, body.replyTo], [201, null])
			}
		},
	)

	await t.test('the key comes first', async () => {
		for (const headers of [{}, { 'x-api-key': 'wrong' }] as Record<string, string>[])
			for (const path of ['/api/sendText', '/api/nowhere/chats', '/ping', '/mcp']) {
				const { status, body } = await text({}, { path, headers })
				assert.deepEqual([status, body], [401, { message: 'Unauthorized', statusCode: 401 }])
			}
	})

	await t.test('a session that is none is said without a message, to an admin', async () => {
		const admin = { headers: { 'x-api-key': keys.admin } }
		const answer = await text({ session: 'nowhere' }, admin)
		assert.equal(answer.status, 422)
		assert.deepEqual(answer.body, { error: 'Session "nowhere" does not exist', session: 'nowhere' })
		const { body } = await text({ session: undefined }, admin)
		assert.equal(body.session, 'default')
	})

	await t.test(
		'a key of another session is forbidden this one, whether it exists or not',
		async () => {
			const forbidden = { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 }
			for (const session of ['main', 'nowhere']) {
				const { status, body } = await text({ session }, { headers: { 'x-api-key': keys.other } })
				assert.deepEqual([status, body], [403, forbidden])
			}
		},
	)

	await t.test('one that is not linked says its state and what is needed', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'new' })
		const { status, body } = await text(
			{ session: 'new' },
			{ headers: { 'x-api-key': keys.admin } },
		)
		assert.equal(status, 422)
		assert.match(body.error, /^Session status is not as expected\./)
		assert.deepEqual([body.session, body.expected], ['new', ['WORKING']])
		assert.match(body.status, /^(SCAN_QR_CODE|STARTING|STOPPED)$/)
		assert.deepEqual(Object.keys(body).sort(), ['error', 'expected', 'session', 'status'])
	})

	await t.test('fields that are not valid are listed', async () => {
		const said = async (given: object) => {
			const { status, body } = await text(given)
			assert.deepEqual([status, body.error, body.statusCode], [400, 'Bad Request', 400])
			return body.message
		}
		assert.deepEqual(await said({ chatId: undefined }), ['chatId should not be empty'])
		assert.deepEqual(await said({ text: 5 }), ['text must be a string'])
		assert.equal((await said({ chatId: 'nobody@nowhere' })).length, 1)
	})

	await t.test('a path or method that is none is named', async () => {
		for (const [method, path] of [
			['POST', '/api/sendSong'],
			['DELETE', '/api/sendText'],
		] as const) {
			const { status, body } = await ask({ method, path, headers })
			assert.equal(status, 404)
			assert.deepEqual(body, {
				message: `Cannot ${method} ${path}`,
				error: 'Not Found',
				statusCode: 404,
			})
		}
	})

	await t.test('our own API and those of others keep their paths', async () => {
		const ours = await ask({ method: 'GET', path: '/api/v1/nothing', headers })
		assert.equal(ours.body.code, 'not_found')
		const theirs = await ask({ method: 'GET', path: '/api/session/list', headers })
		assert.equal(theirs.body.sessions[0]._id, 'main')
	})
})
