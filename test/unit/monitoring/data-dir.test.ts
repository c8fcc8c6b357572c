import assert from 'node:assert/strict'
import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { measureDataDir } from '../../../gateway/src/monitoring/data-dir.ts'
import { temporaryDirectory } from '../../support/directories.ts'

const GONE = 100
const ROUNDS = 30

/** A directory of state and one of files for each session. */
async function makeSession(root: string, name: string) {
	await mkdir(join(root, 'sessions', name), { recursive: true })
	await mkdir(join(root, 'media', name), { recursive: true })
	await writeFile(join(root, 'sessions', name, '1.journal'), 'x'.repeat(10))
	await writeFile(join(root, 'sessions', name, '1.table'), 'x'.repeat(20))
	await writeFile(join(root, 'media', name, 'a'), 'x'.repeat(30))
}

test('the files of DATA_DIR are measured by what they are for', async (t) => {
	const root = await temporaryDirectory(t)
	await makeSession(root, 'one')
	await writeFile(join(root, 'keys.json'), '{}')
	const { used, free } = await measureDataDir(root)()
	assert.deepEqual(used, { journals: 10, tables: 20, media: 30, other: 2 })
	assert.ok(free > 0)
})

test('sessions that are removed meanwhile do not disturb the measurement', async (t) => {
	const root = await temporaryDirectory(t)
	await makeSession(root, 'stays')
	const gone = Array.from({ length: GONE }, (_, n) => join(root, 'sessions', `gone-${n}`))
	for (let round = 0; round < ROUNDS; round++) {
		await Promise.all(gone.map((directory) => mkdir(directory)))
		const measuring = measureDataDir(root)()
		// So many at a time that a directory which was found waits for its turn to be read, and is not there then.
		for (let turn = 0; turn < round; turn++) await setImmediate()
		await Promise.all(gone.map((directory) => rmdir(directory)))
		assert.deepEqual((await measuring).used, { journals: 10, tables: 20, media: 30, other: 0 })
	}
})
