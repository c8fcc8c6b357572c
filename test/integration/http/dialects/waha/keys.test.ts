import assert from 'node:assert/strict'
import { test } from 'node:test'
import { waha } from '../../../../../gateway/src/http/dialects/waha/index.ts'
import { openWaha } from './support.ts'

const BUDI = '628123456789@c.us'
const forbidden = { message: 'Forbidden resource', error: 'Forbidden', statusCode: 403 }

test('WAHA: keys are made, listed, changed and deleted', async (t) => {
	const { ask, keys, gateway } = await openWaha(t)
	const made = async (body: object) => (await ask('POST', '/api/keys', body)).body
	const member = await made({ isAdmin: false, session: 'main', isActive: true, actions: null })

	await t.test('a key is told once, and not kept', async () => {
		assert.partialDeepStrictEqual(member, {
			...{ isAdmin: false, session: 'main', isActive: true, actions: null },
		})
		assert.match(member.key, /^.{16,}$/)
		const { body, text } = await ask('GET', '/api/keys')
		const listed = body.find(({ id }: any) => id === member.id)
		assert.partialDeepStrictEqual(listed, { isActive: true, session: 'main' })
		assert.ok(!text.includes(member.key))
	})

	await t.test('it uses its session, and no other one, whether that exists or not', async () => {
		const key = { key: member.key }
		assert.equal((await ask('GET', '/api/sessions/main', undefined, key)).status, 200)
		await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
		for (const name of ['other', 'nowhere']) {
			const { status, body } = await ask('GET', `/api/sessions/${name}`, undefined, key)
			assert.deepEqual([status, body], [403, forbidden])
		}
		assert.equal((await ask('GET', '/api/keys', undefined, key)).status, 403)
		assert.equal(
			(await ask('POST', '/api/keys', { isAdmin: true, session: null }, key)).status,
			403,
		)
	})

	await t.test('one that is not active is wrong, until it is active again', async () => {
		const path = `/api/keys/${member.id}`
		const off = await ask('PUT', path, { session: 'main', isActive: false })
		assert.deepEqual([off.status, off.body.isActive], [200, false])
		const key = { key: member.key }
		assert.equal((await ask('GET', '/ping', undefined, key)).status, 401)
		await ask('PUT', path, { session: 'main', isActive: true })
		assert.deepEqual((await ask('GET', '/ping', undefined, key)).body, { message: 'pong' })
		const gone = await ask('DELETE', path)
		assert.deepEqual([gone.status, gone.text], [200, ''])
		assert.equal((await ask('GET', '/ping', undefined, key)).status, 401)
		assert.equal((await ask('DELETE', path)).status, 404)
	})

	await t.test('a session that is none gets no key', async () => {
		for (const [path, body] of [
			['/api/keys', { session: 'nowhere' }],
			['/api/keys/media', { session: 'nowhere' }],
			['/api/keys/control', { session: 'nowhere' }],
		] as const)
			assert.equal((await ask('POST', path, body)).status, 422)
		assert.equal((await ask('POST', '/api/keys/media', {})).status, 400)
	})

	await t.test('a key does what it is limited to, here, and nothing elsewhere', async () => {
		const withActions = async (actions: unknown) =>
			(await made({ session: 'main', actions })).key as string
		const cases: [actions: unknown, allowed: string[]][] = [
			[null, ['read', 'send', 'control', 'setting']],
			[{ read: true, send: false, control: false, setting: false, app: false }, ['read']],
			[{ read: false, control: null }, ['send', 'control', 'setting']],
			[['send'], ['send']],
			[{ read: false, send: false, control: false, setting: false, delete: true }, []],
		]
		const asks: Record<string, [method: string, path: string, body?: object]> = {
			read: ['GET', '/api/sessions/main'],
			send: ['POST', '/api/startTyping', { session: 'main', chatId: BUDI }],
			control: ['POST', '/api/sessions/main/start'],
			setting: ['PUT', '/api/sessions/main', {}],
			delete: ['DELETE', '/api/sessions/main'],
		}
		for (const [actions, allowed] of cases) {
			const key = await withActions(actions)
			for (const [action, [method, path, body]] of Object.entries(asks)) {
				if (action === 'delete' && (actions as any)?.delete) continue
				const { status } = await ask(method, path, body, { key })
				assert.equal(status < 300, allowed.includes(action), `${JSON.stringify(actions)} ${action}`)
			}
			const native = await ask('GET', '/api/v1/sessions', undefined, { key })
			assert.equal(native.status, 403)
		}
		assert.equal((await ask('POST', '/api/keys', { actions: { read: 'yes' } })).status, 400)
	})

	await t.test(
		'a key for pairing pairs, a key for files reads files, and each is the same one again',
		async () => {
			for (const purpose of ['media', 'control'] as const) {
				const { status, body } = await ask('POST', `/api/keys/${purpose}`, { session: 'main' })
				assert.deepEqual([status, body.session], [201, 'main'])
				const again = await ask('POST', `/api/keys/${purpose}`, { session: 'main' })
				assert.deepEqual(again.body, body)
				const key = { key: body.key }
				const start = await ask('POST', '/api/sessions/main/start', undefined, key)
				assert.equal(start.status, purpose === 'control' ? 201 : 403)
				assert.equal((await ask('GET', '/api/sessions/main', undefined, key)).status, 403)
				await ask('DELETE', `/api/keys/${body.id}`)
				const { body: anew } = await ask('POST', `/api/keys/${purpose}`, { session: 'main' })
				assert.notEqual(anew.key, body.key)
			}
		},
	)

	await t.test('with the right to delete a key deletes its session', async () => {
		await ask('POST', '/api/sessions', { name: 'gone', start: false })
		const { key } = await made({ session: 'gone', actions: { delete: true } })
		assert.equal((await ask('DELETE', '/api/sessions/main', undefined, { key })).status, 403)
		assert.equal((await ask('DELETE', '/api/sessions/gone', undefined, { key })).status, 200)
		assert.equal((await ask('GET', '/api/sessions/gone')).status, 404)
		assert.ok(keys)
	})
})

test('WAHA: every endpoint says what it is, or is for keys without limits', () => {
	const services = new Proxy({}, { get: () => ({}) }) as any
	const unnamed = waha
		.routes(services)
		.filter(({ action }) => action === undefined)
		.map(({ method, path }) => `${method.toUpperCase()} ${path}`)
	assert.deepEqual(unnamed.sort(), [
		'DELETE /api/keys/{id}',
		'GET /api/keys',
		'GET /api/server/debug/browser/trace/{session}',
		'GET /api/server/debug/cpu',
		'GET /api/server/debug/heapsnapshot',
		'POST /api/keys',
		'POST /api/keys/control',
		'POST /api/keys/media',
		'POST /api/server/stop',
		'PUT /api/keys/{id}',
	])
})

test('WAHA: the server tells what it is, and refuses what it is not', async (t) => {
	const { ask } = await openWaha(t)
	for (const path of ['/api/version', '/api/server/version']) {
		const { status, body } = await ask('GET', path)
		assert.equal(status, 200)
		assert.partialDeepStrictEqual(body, { engine: 'NOWEB', tier: 'PLUS', browser: null })
	}
	const { body } = await ask('GET', '/api/server/status')
	assert.ok(body.uptime >= 0 && body.startTimestamp <= Date.now())
	assert.deepEqual(body.worker, { id: null })
	assert.equal((await ask('GET', '/api/server/environment?all=true')).status, 200)
	assert.deepEqual((await ask('GET', '/api/apps?session=main')).body, [])
	const refused: [method: string, path: string, body?: object][] = [
		['POST', '/api/server/stop', { force: true }],
		['GET', '/api/server/debug/cpu'],
		['GET', '/api/server/debug/heapsnapshot'],
		['GET', '/api/server/debug/browser/trace/main'],
		['POST', '/api/apps', { app: 'chatwoot' }],
		['GET', '/api/apps/app_1'],
		['PUT', '/api/apps/app_1', {}],
		['DELETE', '/api/apps/app_1'],
		['POST', '/mcp', {}],
		['GET', '/ws'],
	]
	for (const [method, path, body] of refused) {
		const { status, body: answer } = await ask(method, path, body)
		assert.deepEqual([status, answer.error, answer.statusCode], [501, 'Not Implemented', 501], path)
		assert.match(answer.message, /^The method is not implemented by 'NOWEB' engine\./)
	}
})
