import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { storageFailed } from '../../../gateway/src/storage/json/storage-failed.ts'
import { openGateway } from '../../support/gateway/gateway.ts'

/** A gateway at which two ask at once for the same session, and the one that is told no looks for it. */
async function createsTwice(t: TestContext, saves: () => Promise<void>) {
	const gateway = await openGateway(t, {
		through: (storage) => ({
			...storage,
			async document(name, initial, shape) {
				if (name === 'sessions/shop') await saves()
				return storage.document(name, initial, shape)
			},
		}),
	})
	const create = async () => {
		const { status } = await gateway.request('POST', '/api/v1/sessions', { id: 'shop' })
		const found = await gateway.request('GET', '/api/v1/sessions/shop')
		return [status, found.status]
	}
	return Promise.all([create(), create()])
}

test('of two that create a session at once, the one that is told that it exists finds it', async (t) => {
	const answers = await createsTwice(t, async () => void (await pause(100)))
	assert.deepEqual(answers, [
		[201, 200],
		[409, 200],
	])
})

test('of two that create a session at once, the second one gets it if the first one fails', async (t) => {
	let attempts = 0
	const [, second] = await createsTwice(t, async () => {
		await pause(100)
		if (attempts++ === 0) throw storageFailed(new Error('no space'))
	})
	assert.deepEqual(second, [201, 200])
})
