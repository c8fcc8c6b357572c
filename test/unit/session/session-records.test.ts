import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newSessionRecord } from '../../../gateway/src/session/session-record.ts'
import { createSessionRecords } from '../../../gateway/src/session/session-records.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { temporaryDirectory } from '../../support/directories.ts'

test('a session that is changed while it is removed does not come back', async (t) => {
	const directory = await temporaryDirectory(t)
	const storage = await jsonStorage(directory, { onLost: assert.fail })
	const records = createSessionRecords(storage)
	for (let n = 0; n < 20; n++) {
		await records.create(newSessionRecord({ id: 'main' }))
		const removal = records.remove('main')
		const changes = [0, 1, 2, 3].map(async (turns) => {
			for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate)
			await records.save('main', { wanted: true })
		})
		await Promise.all([removal, ...changes])
		assert.deepEqual(await storage.documentsIn('sessions'), [])
		assert.deepEqual(records.ids(), [])
	}
	await storage.close()
})
