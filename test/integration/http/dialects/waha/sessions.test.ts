import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWaha } from './support.ts'

const everything = {
	metadata: { 'user.id': '123' },
	proxy: null,
	debug: false,
	ignore: { status: true, groups: null, channels: null, broadcast: null },
	noweb: { markOnline: true, store: { enabled: true, fullSync: false } },
	webhooks: [
		{
			url: 'http://127.0.0.1:9/hook',
			events: ['message', 'message.any', 'session.status'],
			hmac: { key: 'a-secret' },
			retries: { policy: 'exponential', delaySeconds: 2, attempts: 3 },
			customHeaders: [{ name: 'X-Own-Header', value: 'Value' }],
		},
	],
}

test('WAHA: sessions and their config', async (t) => {
	const { ask, gateway, keys, newKey, owner } = await openWaha(t)
	const hooksOf = async (name: string) =>
		(await gateway.request('GET', `/api/v1/sessions/${name}/webhooks`)).body.webhooks
	const settingsOf = async (name: string) =>
		(await gateway.request('GET', `/api/v1/sessions/${name}/settings`)).body

	await t.test('a linked session tells its account', async () => {
		const { status, body } = await ask('GET', '/api/sessions/main')
		assert.equal(status, 200)
		const phone = owner.account.phone
		assert.partialDeepStrictEqual(body, {
			name: 'main',
			status: 'WORKING',
			me: { id: `${phone}@c.us`, jid: `${phone}@s.whatsapp.net`, lid: `${owner.account.lid}@lid` },
			presence: 'offline',
			timestamps: { activity: null },
			engine: { engine: 'NOWEB' },
		})
		const { body: me } = await ask('GET', '/api/sessions/main/me')
		assert.deepEqual(me, body.me)
	})

	await t.test('a config comes back as it was set, and does what it says', async () => {
		const { status, body } = await ask('POST', '/api/sessions', {
			name: 'shop',
			start: false,
			something: 1,
			config: { ...everything, other: true },
		})
		assert.deepEqual([status, body.status, body.something], [201, 'STOPPED', undefined])
		assert.deepEqual(body.config, everything)
		assert.deepEqual((await ask('GET', '/api/sessions/shop')).body.config, everything)
		const { ignore, presence } = await settingsOf('shop')
		assert.deepEqual([ignore.status, ignore.groups, presence], [true, false, 'available'])
		const hooks = await hooksOf('shop')
		assert.deepEqual(
			hooks.map(({ url, format, raw }: any) => [url, format, raw]),
			[
				['http://127.0.0.1:9/hook', 'waha', true],
				['http://127.0.0.1:9/hook', 'waha', true],
			],
		)
		const { body: view } = await gateway.request('GET', '/api/v1/sessions/shop')
		assert.deepEqual(view.metadata, { 'user.id': '123' })
	})

	await t.test('a config is replaced whole, and a webhook that stays is the same one', async () => {
		const [before] = await hooksOf('shop')
		const hook = { ...everything.webhooks[0]!, events: ['message'], hmac: null }
		await ask('PUT', '/api/sessions/shop', { config: { webhooks: [hook] } })
		const { body } = await ask('GET', '/api/sessions/shop')
		assert.deepEqual(body.config, { webhooks: [hook] })
		assert.deepEqual(
			(await hooksOf('shop')).map(({ id }: any) => id),
			[before.id],
		)
		assert.equal((await settingsOf('shop')).ignore.status, false)
		assert.deepEqual((await gateway.request('GET', '/api/v1/sessions/shop')).body.metadata, {})
		await ask('PUT', '/api/sessions/shop', {})
		assert.deepEqual(await hooksOf('shop'), [])
		assert.deepEqual((await ask('GET', '/api/sessions/shop')).body.config, {})
	})

	await t.test(
		'secrets are for an admin, and survive that another key sets the config anew',
		async () => {
			await ask('PUT', '/api/sessions/main', { config: { webhooks: everything.webhooks } })
			const member = { key: await newKey({ sessions: ['main'] }) }
			const { body } = await ask('GET', '/api/sessions/main', undefined, member)
			assert.equal(body.config.webhooks[0].hmac.key, '********')
			await ask('PUT', '/api/sessions/main', { config: body.config })
			const { body: after } = await ask('GET', '/api/sessions/main')
			assert.equal(after.config.webhooks[0].hmac.key, 'a-secret')
			await ask('PUT', '/api/sessions/main', {})
		},
	)

	await t.test('stopped sessions are listed only with all=true', async () => {
		const namesIn = async (query: string, headers = {}) =>
			(await ask('GET', `/api/sessions${query}`, undefined, headers)).body.map(
				({ name }: { name: string }) => name,
			)
		assert.deepEqual(await namesIn(''), ['main'])
		assert.deepEqual(await namesIn('?all=false'), ['main'])
		assert.deepEqual((await namesIn('?all=true')).sort(), ['main', 'shop'])
		assert.deepEqual(await namesIn('?all=True', { key: keys.session }), ['main'])
	})

	await t.test(
		'what cannot be a session or a config is refused, and nothing is left of it',
		async () => {
			const hook = everything.webhooks[0]!
			const cases: [body: object, status: number][] = [
				[{ name: 'a b/c' }, 400],
				[{ name: 'x'.repeat(55) }, 400],
				[{ name: 'sessions' }, 400],
				[{ name: 'sendSomething' }, 400],
				[{ name: 'v1' }, 400],
				[{ name: 'new', start: 'no' }, 400],
				[{ name: 'new', config: { webhooks: [{ ...hook, events: ['everything'] }] } }, 400],
				[{ name: 'new', config: { webhooks: [{ ...hook, url: 'ftp://x' }] } }, 400],
				[
					{
						name: 'new',
						config: { webhooks: [{ ...hook, customHeaders: [{ name: 'host', value: 'x' }] }] },
					},
					400,
				],
				[{ name: 'new', config: { metadata: { a: 5 } } }, 400],
				[{ name: 'new', config: { proxy: { server: '127.0.0.1:9' } } }, 422],
				[{ name: 'new', apps: [{ app: 'chatwoot' }] }, 501],
				[{ name: 'main' }, 422],
			]
			for (const [given, expected] of cases) {
				const { status, body } = await ask('POST', '/api/sessions', given)
				assert.deepEqual([status, body.statusCode], [expected, expected], JSON.stringify(given))
			}
			assert.equal((await ask('GET', '/api/sessions/new')).status, 404)
			const { body } = await ask('POST', '/api/sessions', { name: 'main' })
			assert.equal(body.message, "Session 'main' already exists. Use PUT to update it.")
		},
	)

	await t.test('a session without a name gets one', async () => {
		const { body } = await ask('POST', '/api/sessions', { start: false })
		assert.match(body.name, /^session_[0-9a-f]{32}$/)
		assert.equal((await ask('DELETE', `/api/sessions/${body.name}`)).text, '')
		assert.equal((await ask('GET', `/api/sessions/${body.name}`)).status, 404)
		const again = await ask('DELETE', `/api/sessions/${body.name}`)
		assert.deepEqual([again.status, again.text], [200, ''])
	})

	await t.test('an unknown session is 404 here', async () => {
		const unknown: [method: string, path: string, body?: object][] = [
			['GET', '/api/sessions/nowhere'],
			['PUT', '/api/sessions/nowhere', {}],
			['POST', '/api/sessions/nowhere/start'],
			['POST', '/api/sessions/nowhere/stop'],
			['POST', '/api/sessions/nowhere/logout'],
			['POST', '/api/sessions/nowhere/restart'],
		]
		for (const [method, path, body] of unknown) {
			const answer = await ask(method, path, body)
			assert.deepEqual(answer.body, {
				message: 'Session not found',
				error: 'Not Found',
				statusCode: 404,
			})
		}
		const { status, body } = await ask('GET', '/api/sessions/nowhere/me')
		assert.deepEqual([status, body.error], [404, 'Not Found'])
		assert.match(body.message, /^We didn't find a session with name 'nowhere'\.\nPlease start it/)
	})

	await t.test('a key of one session manages that one, and creates and deletes none', async () => {
		const key = { key: keys.session }
		const is403 = async (method: string, path: string, body?: object) =>
			assert.equal((await ask(method, path, body, key)).status, 403, `${method} ${path}`)
		await is403('POST', '/api/sessions', { name: 'more' })
		await is403('DELETE', '/api/sessions/main')
		await is403('DELETE', '/api/sessions/nowhere')
		await is403('GET', '/api/sessions/shop')
		await is403('GET', '/api/sessions/nowhere')
		await is403('POST', '/api/sessions/logout', { name: 'main' })
		assert.equal((await ask('GET', '/api/sessions/main', undefined, key)).status, 200)
	})
})

test('WAHA: a session is linked, stopped, started and logged out', async (t) => {
	const { ask, becomes, sandbox, gateway } = await openWaha(t)
	const carla = sandbox.phone('5511999990001', { name: 'Carla' })
	const one = '/api/sessions/carla'

	await t.test('it starts, and its QR code comes in three forms', async () => {
		const { status, body } = await ask('POST', '/api/sessions', { name: 'carla' })
		assert.equal(status, 201)
		assert.match(body.status, /^(STARTING|SCAN_QR_CODE)$/)
		await becomes('carla', 'SCAN_QR_CODE')
		const qr = '/api/carla/auth/qr'
		for (const accept of ['*/*', 'image/png', 'application/json, text/plain']) {
			const image = await ask('GET', `${qr}?format=image`, undefined, { accept })
			assert.equal(image.headers.get('content-type'), 'image/png')
		}
		const json = { accept: 'application/json' }
		const { body: inJson } = await ask('GET', qr, undefined, json)
		assert.equal(inJson.mimetype, 'image/png')
		assert.equal(Buffer.from(inJson.data, 'base64').subarray(1, 4).toString(), 'PNG')
		const screenshot = await ask('GET', '/api/screenshot?session=carla', undefined, json)
		assert.equal(screenshot.body.mimetype, 'image/png')
		assert.equal((await ask('GET', `${one}/me`)).text, '')
		assert.equal((await ask('GET', `${qr}?format=svg`)).status, 400)
		const { body: raw } = await ask('GET', `${qr}?format=raw`)
		carla.scans(raw.value)
		await becomes('carla', 'WORKING')
	})

	await t.test('a linked one has no QR code and no screenshot', async () => {
		const { status, body } = await ask('GET', '/api/carla/auth/qr')
		assert.equal(status, 422)
		assert.deepEqual([body.status, body.expected], ['WORKING', ['SCAN_QR_CODE']])
		assert.equal((await ask('GET', '/api/screenshot?session=carla')).status, 422)
		const code = await ask('POST', '/api/carla/auth/request-code', { phoneNumber: '5511' })
		assert.deepEqual(
			[code.status, code.body.message],
			[422, 'Can request code only in SCAN_QR_CODE status. The current status is WORKING'],
		)
	})

	await t.test('it stops with its login, starts again, and restarts', async () => {
		assert.equal((await ask('POST', `${one}/stop`)).body.status, 'STOPPED')
		const stopped = await ask('POST', '/api/sendText', { session: 'carla', chatId: '1', text: 'x' })
		assert.deepEqual([stopped.status, stopped.body.status], [422, 'STOPPED'])
		assert.match((await ask('POST', `${one}/start`)).body.status, /^(STARTING|WORKING)$/)
		await becomes('carla', 'WORKING')
		assert.equal((await ask('POST', `${one}/start`)).status, 201)
		await ask('POST', `${one}/restart`)
		await becomes('carla', 'WORKING')
	})

	await t.test('logged out it shows a QR code again if it was running', async () => {
		assert.equal((await ask('POST', `${one}/logout`)).status, 201)
		await becomes('carla', 'SCAN_QR_CODE')
		assert.equal((await ask('GET', one)).body.me, null)
	})

	await t.test('a code links it as well', async () => {
		const path = '/api/carla/auth/request-code'
		const phoneNumber = carla.account.phone
		const sms = await ask('POST', path, { phoneNumber, method: 'sms' })
		assert.equal(sms.status, 422)
		const { status, body } = await ask('POST', path, { phoneNumber, method: null })
		assert.equal(status, 201)
		assert.match(body.code, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
		await carla.entersCode(body.code)
		await becomes('carla', 'WORKING')
		assert.equal((await ask('POST', '/api/nowhere/auth/request-code', { phoneNumber })).status, 404)
	})

	await t.test('one that is stopped is logged out all the same', async () => {
		await ask('POST', `${one}/stop`)
		await ask('POST', `${one}/logout`)
		const { body } = await ask('GET', one)
		assert.deepEqual([body.status, body.me], ['STOPPED', null])
		assert.equal((await gateway.request('GET', '/api/v1/sessions/carla')).body.me, null)
	})

	await t.test('the calls of old clients work', async () => {
		assert.equal((await ask('POST', '/api/sessions/start', {})).status, 422)
		const started = await ask('POST', '/api/sessions/start', { name: 'old' })
		assert.deepEqual([started.status, started.body.name], [201, 'old'])
		const again = await ask('POST', '/api/sessions/start', { name: 'old' })
		assert.deepEqual([again.status, again.body.message], [422, "Session 'old' is already started."])
		const stopped = await ask('POST', '/api/sessions/stop', { name: 'old' })
		assert.deepEqual([stopped.status, stopped.text], [201, ''])
		assert.equal((await ask('GET', '/api/sessions/old')).body.status, 'STOPPED')
		const config = { metadata: { a: 'b' } }
		const changed = await ask('POST', '/api/sessions/start', { name: 'old', config })
		assert.deepEqual(changed.body.config, config)
		assert.equal((await ask('POST', '/api/sessions/logout', { name: 'old' })).status, 201)
		assert.equal((await ask('GET', '/api/sessions/old')).status, 404)
	})

	await t.test('what only other engines have is refused by name', async () => {
		for (const [method, path] of [
			['GET', 'passkey/challenge'],
			['POST', 'passkey'],
			['GET', 'passkey/confirmation'],
			['POST', 'passkey/confirm'],
			['GET', 'captcha'],
		] as const) {
			const { status, body } = await ask(method, `/api/carla/auth/${path}`)
			assert.deepEqual([status, body.error, body.statusCode], [501, 'Not Implemented', 501])
			assert.match(body.message, /^The method is not implemented by 'NOWEB' engine\./)
		}
	})
})
