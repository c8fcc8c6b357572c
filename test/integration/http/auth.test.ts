import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { ADMIN_KEY, openGateway } from '../../support/gateway/gateway.ts'

test('the key is taken from either header', async (t) => {
	const gateway = await openGateway(t)
	const spellings: Record<string, string>[] = [
		{ 'x-api-key': ADMIN_KEY },
		{ authorization: `Bearer ${ADMIN_KEY}` },
	]
	for (const headers of spellings) {
		assert.equal((await gateway.request('GET', '/api/v1/sessions', undefined, headers)).status, 200)
	}
})

test('a key in the URL does not open anything', async (t) => {
	const gateway = await openGateway(t)
	const path = `/api/v1/sessions?api_key=${ADMIN_KEY}&x-api-key=${ADMIN_KEY}`
	assert.equal((await gateway.request('GET', path, undefined, {})).status, 401)
})

test('every address but the public ones is closed without a key, however it is spelt', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('GET', '/openapi.json', undefined, {})
	// A link is a key to one file; this one opens none.
	const open: Record<string, number> = { '/health': 200, '/ready': 200, '/media/{token}': 403 }
	for (const [path, methods] of Object.entries<object>(body.paths)) {
		for (const method of Object.keys(methods)) {
			const { status } = await gateway.request(method.toUpperCase(), path, undefined, {})
			assert.equal(status, open[path] ?? 401, `${method} ${path}`)
		}
	}
	const tricks = [
		'//api/v1/sessions',
		'/api/v1//sessions',
		'/api/v1/sessions/',
		'/API/V1/sessions',
		'/api/v1/%73essions',
		'/health/../api/v1/sessions',
		'/nothing',
		'/sandbox',
	]
	for (const path of tricks) {
		assert.equal((await gateway.request('GET', path, undefined, {})).status, 401, path)
	}
})

test('a key is shown once and kept only as a hash', async (t) => {
	const gateway = await openGateway(t)
	const made = await gateway.request('POST', '/api/v1/keys', { name: 'n8n' })
	assert.equal(made.status, 201)
	assert.match(made.body.key, /^wag_[\w-]{43}$/)
	const listed = await gateway.request('GET', '/api/v1/keys')
	assert.equal(listed.body.total, 1)
	assert.ok(!listed.text.includes(made.body.key) && !listed.text.includes('hash'))
	const file = await readFile(join(gateway.dataDir, 'keys.json'), 'utf8')
	assert.ok(!file.includes(made.body.key))
})

test('a key that was taken away opens nothing', async (t) => {
	const gateway = await openGateway(t)
	const { body } = await gateway.request('POST', '/api/v1/keys', { name: 'old' })
	const ask = () => gateway.request('GET', '/api/v1/sessions', undefined, { 'x-api-key': body.key })
	assert.equal((await ask()).status, 200)
	assert.equal((await gateway.request('DELETE', `/api/v1/keys/${body.id}`)).status, 204)
	assert.equal((await ask()).status, 401)
})

test("a member's key reaches its own sessions and no keys", async (t) => {
	const gateway = await openGateway(t)
	for (const id of ['mine', 'theirs']) await gateway.request('POST', '/api/v1/sessions', { id })
	const { body } = await gateway.request('POST', '/api/v1/keys', {
		name: 'n8n',
		sessions: ['mine'],
	})
	const ask = (method: string, path: string, content?: unknown) =>
		gateway.request(method, path, content, {
			'x-api-key': body.key,
			'content-type': 'application/json',
		})

	const { sessions } = (await ask('GET', '/api/v1/sessions')).body
	assert.deepEqual(
		sessions.map(({ id }: { id: string }) => id),
		['mine'],
	)
	assert.equal((await ask('GET', '/api/v1/sessions/mine')).status, 200)
	for (const path of ['', '/webhooks', '/qr', '/messages/x']) {
		const answer = await ask('GET', `/api/v1/sessions/theirs${path}`)
		assert.equal(answer.body.code, 'session_not_found', path)
	}
	const send = await ask('POST', '/api/v1/sessions/theirs/messages/text', {
		to: '4915112345678',
		text: 'x',
	})
	assert.equal(send.status, 404)
	assert.equal((await ask('GET', '/api/v1/keys')).status, 403)
	assert.equal((await ask('POST', '/api/v1/keys', { name: 'x', role: 'admin' })).status, 403)
	assert.equal((await ask('POST', '/api/v1/sessions', { id: 'new' })).status, 403)
	assert.equal((await ask('DELETE', '/api/v1/sessions/mine')).status, 403)
})

test('keys, sessions and webhooks are there again after a restart', async (t) => {
	const first = await openGateway(t)
	await first.request('POST', '/api/v1/sessions', { id: 'main', name: 'Shop' })
	const hook = { url: 'https://example.com/hook' }
	await first.request('POST', '/api/v1/sessions/main/webhooks', hook)
	const { body } = await first.request('POST', '/api/v1/keys', { name: 'n8n' })
	await first.stop()

	const again = await openGateway(t, { dataDir: first.dataDir })
	const headers = { 'x-api-key': body.key }
	const { sessions } = (await again.request('GET', '/api/v1/sessions', undefined, headers)).body
	assert.equal(sessions[0].name, 'Shop')
	const { webhooks } = (await again.request('GET', '/api/v1/sessions/main/webhooks')).body
	assert.equal(webhooks[0].url, hook.url)
})
