import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ADMIN_KEY, openGateway } from '../../../support/gateway/gateway.ts'

/** Whose answer it is, by the form that its errors have. */
const forms: Record<string, (body: any) => boolean> = {
	ours: ({ code, detail }) => typeof code === 'string' && typeof detail === 'string',
	wafastapi: (body) => 'success' in body || 'error' in body,
	waha: ({ statusCode, message }) => typeof statusCode === 'number' && message !== undefined,
	evolution: ({ response }) => response?.message !== undefined,
}

const cases: [method: string, path: string, whose: keyof typeof forms, status: number][] = [
	['GET', '/api/v1/nothing', 'ours', 404],
	['GET', '/api/v1/sessions/nothing', 'ours', 404],
	['DELETE', '/api/v1/sessions', 'ours', 405],
	['POST', '/api/v1/health', 'ours', 405],
	['GET', '/api/whatsapp/nothing', 'wafastapi', 404],
	['GET', '/api/nothing', 'waha', 404],
	['GET', '/api/sessions/nothing', 'waha', 404],
	['GET', '/ping/nothing', 'waha', 404],
	['GET', '/instance/nothing', 'evolution', 404],
	['GET', '/instance/connectionState/nothing', 'evolution', 404],
	['GET', '/typebot/find/nothing', 'evolution', 501],
	['GET', '/nothing', 'ours', 404],
]

test('each address belongs to one API, and answers in its form', async (t) => {
	const gateway = await openGateway(t)
	const headers = { 'x-api-key': ADMIN_KEY, apikey: ADMIN_KEY }
	for (const [method, path, whose, status] of cases) {
		const answer = await gateway.request(method, path, undefined, headers)
		assert.equal(answer.status, status, `${method} ${path}: ${answer.text}`)
		assert.ok(forms[whose]!(answer.body), `${method} ${path} is of ${whose}: ${answer.text}`)
	}
})

test('without a key every address but the public ones answers 401', async (t) => {
	const gateway = await openGateway(t)
	for (const [method, path] of cases) {
		if (path === '/api/v1/health') continue
		assert.equal((await gateway.request(method, path, undefined, {})).status, 401, path)
	}
})

test('GET / tells clients of each API what they look for', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/', undefined, {})
	assert.partialDeepStrictEqual(body, { name: 'whatsapp-gateway', api: '/api/v1', status: 200 })
	assert.match(body.version, /^2\./)
})

test('several slashes at the beginning of a path are one, and open nothing', async (t) => {
	const gateway = await openGateway(t)
	const headers = { 'x-api-key': ADMIN_KEY, apikey: ADMIN_KEY }
	const paths = [...cases.map(([, path]) => path), '/health', '/ping', '/instance/fetchInstances']
	for (const path of [...paths, '/api/sessions', '/api/v1/sessions', '/metrics', '/docs'])
		for (const given of [headers, {}]) {
			const { status } = await gateway.request('GET', path, undefined, given)
			for (const start of ['/', '//']) {
				const answer = await gateway.request('GET', `${start}${path}`, undefined, given)
				assert.equal(answer.status, status, `${start}${path}: ${answer.text}`)
			}
		}
	for (const path of ['//evil.test', '//evil.test/console', '/%2F/api/sessions'])
		for (const accept of ['text/html', '*/*']) {
			const { status, headers: told } = await gateway.request('GET', path, undefined, { accept })
			assert.equal(status, 401, path)
			assert.equal(told.get('location'), null)
		}
})
