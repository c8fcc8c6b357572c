import assert from 'node:assert/strict'
import { test } from 'node:test'
import { errorTable } from '../../../gateway/src/errors.ts'
import { ADMIN_KEY, openGateway, type Answer } from '../../support/gateway/gateway.ts'

const WORKSPACE = 'a8f5f167-0a44-4c9b-9b4e-1f0a2d3c4b5e'

const key = { 'x-api-key': ADMIN_KEY }
const json = { ...key, 'content-type': 'application/json' }
const SEND = '/api/v1/sessions/main/messages/text'

function assertProblem({ status, headers, body }: Answer, code: keyof typeof errorTable) {
	const [expected, title] = errorTable[code]
	assert.equal(status, expected)
	assert.equal(headers.get('content-type'), 'application/problem+json')
	assert.equal(body.code, code)
	assert.equal(body.status, expected)
	assert.equal(body.title, title)
	assert.equal(body.type, `urn:whatsapp-gateway:problem:${code}`)
	assert.ok(body.detail.length > 10)
}

test('what goes wrong gets its own status, and a body that says what to do', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	const raw = async (init: RequestInit, path = SEND): Promise<Answer> => {
		const response = await gateway.app.request(path, { method: 'POST', ...init })
		const text = await response.text()
		return { status: response.status, headers: response.headers, text, body: JSON.parse(text) }
	}

	await t.test('no key', async () => {
		const answer = await raw({})
		assertProblem(answer, 'unauthorized')
		assert.equal(answer.headers.get('www-authenticate'), 'Bearer')
		assert.match(answer.body.detail, /Authorization: Bearer KEY/)
	})

	await t.test('a wrong key', async () => {
		assertProblem(await raw({ headers: { 'x-api-key': `${ADMIN_KEY}x` } }), 'unauthorized')
		assertProblem(await raw({ headers: { authorization: 'Bearer nonsense' } }), 'unauthorized')
	})

	await t.test('an address that does not exist', async () => {
		assertProblem(await gateway.request('GET', '/api/v1/nothing'), 'not_found')
	})

	await t.test('a method that the address does not know', async () => {
		const answer = await gateway.request('PUT', '/api/v1/sessions', {})
		assertProblem(answer, 'method_not_allowed')
		assert.equal(answer.headers.get('allow'), 'GET, POST')
	})

	await t.test('a type of message that there is not', async () => {
		await gateway.request('POST', '/api/v1/sessions', { id: 'typed' })
		const answer = await gateway.request('POST', '/api/v1/sessions/typed/messages/txt', {})
		assertProblem(answer, 'not_found')
		assert.match(answer.body.detail, /no message type txt.* text,/)
		await gateway.request('DELETE', '/api/v1/sessions/typed')
	})

	await t.test('an unknown session', async () => {
		for (const path of ['', '/qr', '/webhooks', '/messages/x']) {
			const answer = await gateway.request('GET', `/api/v1/sessions/other${path}`)
			assertProblem(answer, 'session_not_found')
			assert.match(answer.body.detail, /GET \/api\/v1\/sessions lists the sessions/)
		}
		const body = { to: '4915112345678', text: 'hi' }
		const send = await gateway.request('POST', '/api/v1/sessions/other/messages/text', body)
		assertProblem(send, 'session_not_found')
	})

	await t.test('a session that is not linked', async () => {
		const answer = await gateway.request('POST', SEND, { to: '4915112345678', text: 'hi' })
		assertProblem(answer, 'session_not_open')
		assert.match(answer.body.detail, /Scan its QR[^]*\/api\/v1\/sessions\/main\/qr/)
		assert.ok(Number(answer.headers.get('retry-after')) > 0)
	})

	await t.test('a malformed number, before anything else of the session is asked', async () => {
		const answer = await gateway.request('POST', SEND, { to: 'abc', text: 'hi' })
		assertProblem(answer, 'invalid_recipient')
		assert.equal(answer.body.field, 'to')
	})

	await t.test('a malformed number to pair with', async () => {
		const path = '/api/v1/sessions/main/pair'
		for (const phone_number of ['abc', '4915112345678@s.whatsapp.net', '']) {
			const answer = await gateway.request('POST', path, { phone_number })
			assertProblem(answer, 'invalid_recipient')
			assert.equal(answer.body.field, 'phone_number')
		}
	})

	await t.test('a session with a webhook that is refused is not made', async () => {
		const webhook = { url: 'http://169.254.169.254/' }
		const answer = await gateway.request('POST', '/api/v1/sessions', { id: 'half', webhook })
		assertProblem(answer, 'webhook_target_refused')
		assert.equal((await gateway.request('GET', '/api/v1/sessions/half')).status, 404)
	})

	await t.test('a field that is missing or of the wrong type', async () => {
		const answer = await gateway.request('POST', SEND, { to: '4915112345678' })
		assertProblem(answer, 'invalid_request')
		assert.equal(answer.body.field, 'text')
		assert.equal((await gateway.request('POST', SEND, { text: 'hi' })).body.field, 'to')
		assert.equal((await gateway.request('POST', SEND, { to: 49, text: 'hi' })).body.field, 'to')
		assertProblem(await gateway.request('POST', SEND, 'text'), 'invalid_request')
		assertProblem(await raw({ headers: key }), 'invalid_request')
	})

	await t.test('bad JSON', async () => {
		assertProblem(await raw({ headers: json, body: '{"to": ' }), 'invalid_json')
	})

	await t.test('a body that is not JSON', async () => {
		const form = await raw({ headers: key, body: new URLSearchParams({ to: '1', text: 'hi' }) })
		assertProblem(form, 'unsupported_media_type')
		assert.match(form.body.detail, /Content-Type: application\/json/)
		const plain = await raw({ headers: { ...key, 'content-type': 'text/plain' }, body: '{}' })
		assertProblem(plain, 'unsupported_media_type')
	})

	await t.test('a body that is too large, chunked or not', async () => {
		const text = JSON.stringify({ to: '1', text: 'x'.repeat(1024 * 1024) })
		assertProblem(await raw({ headers: json, body: text }), 'payload_too_large')
		const body = new Blob([text]).stream()
		assertProblem(
			await raw({ headers: json, body, duplex: 'half' } as RequestInit),
			'payload_too_large',
		)
	})

	await t.test(
		'a session that exists already, and an id that could leave its directory',
		async () => {
			assertProblem(
				await gateway.request('POST', '/api/v1/sessions', { id: 'main' }),
				'session_exists',
			)
			for (const id of ['..', 'a/b', '', '.', 'a'.repeat(65)]) {
				const answer = await gateway.request('POST', '/api/v1/sessions', { id })
				assertProblem(answer, 'invalid_request')
				assert.equal(answer.body.field, 'id')
			}
		},
	)

	await t.test('unknown things of a known session', async () => {
		const missing = '/api/v1/sessions/main'
		assertProblem(await gateway.request('GET', `${missing}/messages/3EB0`), 'message_not_found')
		assertProblem(await gateway.request('DELETE', `${missing}/webhooks/x`), 'webhook_not_found')
		assertProblem(await gateway.request('DELETE', '/api/v1/keys/x'), 'key_not_found')
	})

	await t.test('our own mistake tells nothing of itself, but the log does', async (t) => {
		const log: string[] = []
		const broken = await openGateway(t, { log })
		broken.sessions.list = () => {
			throw new Error('canary')
		}
		const answer = await broken.request('GET', '/api/v1/sessions')
		assertProblem(answer, 'internal_error')
		assert.doesNotMatch(answer.text, /canary/)
		assert.match(log.join(''), /canary/)
	})
})

test('health needs no key and says nothing of anybody', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'secretive' })
	for (const path of ['/health', '/ready', '/api/v1/health']) {
		const answer = await gateway.request('GET', path, undefined, {})
		assert.equal(answer.status, 200)
		assert.ok(['{"status":"ok"}', '{"status":"ready"}'].includes(answer.text), answer.text)
	}
})

test('readiness counts the sessions that a key may use, and refuses a wrong key', async (t) => {
	const gateway = await openGateway(t)
	const member = async (body: object) =>
		(await gateway.request('POST', '/api/v1/keys', { name: 'n8n', role: 'member', ...body })).body
			.key as string
	for (const [id, workspace] of [['a', WORKSPACE], ['b', WORKSPACE], ['c']])
		await gateway.request('POST', '/api/v1/sessions', { id, workspace })
	const cases: [key: string, count: number | undefined][] = [
		[ADMIN_KEY, 3],
		[await member({ sessions: ['a'] }), 1],
		[await member({ workspace: WORKSPACE }), 2],
		[await member({ sessions: ['c'], workspace: WORKSPACE }), 0],
	]
	for (const [key, count] of cases) {
		const { status, body } = await gateway.request('GET', '/ready', undefined, { 'x-api-key': key })
		const counts: number[] = Object.values(body.sessions)
		const sum = counts.reduce((total, one) => total + one, 0)
		assert.deepEqual([status, body.status, sum], [200, 'ready', count])
	}
	const wrong = await gateway.request('GET', '/ready', undefined, { 'x-api-key': 'wrong' })
	assert.equal(wrong.status, 401)
})
