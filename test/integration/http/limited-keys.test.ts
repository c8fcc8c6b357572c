import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openKeys } from '../../../gateway/src/http/api-keys/store.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'

const CHOSEN = 'CHOSEN-BY-SOMEBODY-ELSE'

const openStore = async (t: Parameters<typeof temporaryDirectory>[0]) => {
	const storage = await jsonStorage(await temporaryDirectory(t), { onLost: assert.fail })
	t.after(() => storage.close())
	return openKeys(storage, 'the-key-of-the-operator')
}

test('a key may be chosen by somebody else, once, and not as the key of the operator', async (t) => {
	const keys = await openStore(t)
	const { id } = await keys.add({
		name: 'imported',
		role: 'member',
		sessions: ['main'],
		key: CHOSEN,
	})
	assert.deepEqual(keys.callerWith(CHOSEN), {
		key: id,
		role: 'member',
		sessions: ['main'],
		workspace: null,
		actions: null,
	})
	for (const key of [CHOSEN, 'the-key-of-the-operator'])
		await assert.rejects(keys.add({ name: 'again', role: 'member', key }), { code: 'name_taken' })
	for (const key of ['short', 'x'.repeat(1025)])
		await assert.rejects(keys.add({ name: 'odd', role: 'member', key }), {
			code: 'invalid_request',
		})
})

test('a key that is not active is wrong until it is active again', async (t) => {
	const keys = await openStore(t)
	const { id, key } = await keys.add({ name: 'one', role: 'member' })
	const fingerprint = keys.fingerprintOf(id)!
	await keys.change(id, { active: false })
	assert.equal(keys.callerWith(key), undefined)
	assert.equal(keys.callerOf(id, fingerprint), undefined)
	await keys.change(id, { active: true })
	assert.equal(keys.callerWith(key)?.key, id)
})

test('a key that is limited to some actions opens nothing where such limits are not known', async (t) => {
	const gateway = await openGateway(t)
	const { key } = await gateway.keys.add({ name: 'reads', role: 'admin', actions: ['read'] })
	for (const path of ['/api/v1/sessions', '/sessions', '/ready', '/api/session/list']) {
		const response = await gateway.app.request(path, {
			headers: { authorization: `Bearer ${key}`, 'x-api-key': key },
		})
		assert.equal(response.status, 403, `${path}: ${await response.text()}`)
	}
})
