import assert from 'node:assert/strict'
import { test } from 'node:test'
import { passkeyWorld } from '../session/passkey/support/world.ts'

const anyPage = { origin: 'https://web.whatsapp.com', 'content-type': 'application/json' }

test('the token of a request answers it without a key, once, from any page', async (t) => {
	const { gateway, scan, becomes, sign } = await passkeyWorld(t)
	await scan()
	const { token, options, expires_at } = await becomes('challenge')
	const door = `/passkey/${token}`
	const asked = await gateway.request('GET', door, undefined, anyPage)
	assert.deepEqual(asked.body, { options, expires_at })
	assert.equal(asked.headers.get('access-control-allow-origin'), '*')
	const preflight = await gateway.request('OPTIONS', door, undefined, {
		...anyPage,
		'access-control-request-method': 'POST',
	})
	assert.equal(preflight.headers.get('access-control-allow-methods'), 'GET,POST')

	const signed = await sign()
	const malformed = await gateway.request('POST', door, { ...signed, type: 'password' }, anyPage)
	assert.deepEqual([malformed.status, malformed.body.field], [400, 'type'])
	assert.equal(malformed.headers.get('access-control-allow-origin'), '*', 'the page can read it')
	const other = { ...signed, id: 'AAAA' }
	const invalid = await gateway.request('POST', door, other, anyPage)
	assert.deepEqual([invalid.status, invalid.body.code], [422, 'passkey_answer_invalid'])

	assert.equal((await gateway.request('POST', door, signed, anyPage)).status, 204)
	const again = await gateway.request('POST', door, signed, anyPage)
	assert.deepEqual([again.status, again.body.code], [409, 'passkey_not_pending'])
	await gateway.becomes('main', 'open')
})

test('an unknown token opens nothing', async (t) => {
	const { gateway } = await passkeyWorld(t)
	const { status, body } = await gateway.request('GET', `/passkey/${'x'.repeat(43)}`, undefined, {})
	assert.deepEqual([status, body.code], [409, 'passkey_not_pending'])
})
