import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openWaha } from './support.ts'

test('WAHA: a change of a key never widens what it may do by leaving something out', async (t) => {
	const { ask } = await openWaha(t)
	const reads = { read: true, send: false, control: false, setting: false, app: false }
	const made = await ask('POST', '/api/keys', { session: 'main', actions: reads })
	const { id, key } = made.body
	assert.equal(made.status, 201)
	for (const body of [{}, { isActive: true }, { isAdmin: false, isActive: true }])
		assert.equal((await ask('PUT', `/api/keys/${id}`, body)).status, 400, JSON.stringify(body))
	assert.equal((await ask('POST', '/api/keys', {})).status, 400)
	const changed = await ask('PUT', `/api/keys/${id}`, { session: 'main', isActive: true })
	assert.partialDeepStrictEqual(changed.body, { session: 'main', actions: reads })
	const sends = await ask(
		'POST',
		'/api/sendText',
		{ session: 'main', chatId: '1', text: 'x' },
		{ key },
	)
	assert.equal(sends.status, 403)
	const wide = await ask('PUT', `/api/keys/${id}`, { session: null, actions: null })
	assert.partialDeepStrictEqual(wide.body, { session: null, actions: reads })
})
