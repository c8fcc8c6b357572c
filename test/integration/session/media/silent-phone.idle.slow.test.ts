import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mediaPath, openFileWorld } from '../../../support/gateway/files.ts'

test('a phone that does not answer is waited for half a minute, and the next one to ask may get the file', async (t) => {
	const { sandbox, owner, ada, adaSendsFile, gateway, ask } = await openFileWorld(t)
	const { id, data } = await adaSendsFile()
	await owner.receives((entry) => entry.id === id)
	await sandbox.whatsapp.media.loses(ada.account.phone)
	owner.goesOffline()
	const start = performance.now()
	const { status, body, headers } = await gateway.request('GET', mediaPath(id))
	assert.deepEqual([status, body?.code], [504, 'phone_silent'])
	assert.ok(Number(headers.get('retry-after')) > 0)
	assert.ok(performance.now() - start < 32_000)
	owner.comesBack()
	assert.ok((await ask('GET', mediaPath(id))).bytes.equals(data))
})
