import assert from 'node:assert/strict'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { backUp, BackupError } from '../../../gateway/src/storage/json/backup.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { openStore, stateIn } from '../../support/state-store.ts'
import { until } from '../../support/wait.ts'

const neverAnew = () => assert.fail('a copy was started anew')
const BACKUPS = 6

test('a copy made while commits and compactions run has all that was durable, and no gap', async (t) => {
	const root = await temporaryDirectory(t)
	const copies = await temporaryDirectory(t)
	const store = await openStore(root, { initial: () => [], compactAfter: 2_000 })
	let durable = 0
	let isGoing = true
	const filler = 'x'.repeat(200)
	const write = async () => {
		for (let n = 1; isGoing; n++) {
			const id = String(n).padStart(8, '0')
			const pair = ['one', 'other'].map((collection) => ({ collection, id, value: filler }))
			const commit = store.commit(pair).then(() => void (durable = n))
			// Some share a write and some do not.
			if (n % 3 === 0) await commit
		}
	}
	const writing = write()
	await until('it compacts', async () =>
		(await readdir(stateIn(root))).some((name) => name.endsWith('.table')),
	)

	const before: number[] = []
	// To look at these takes so long that the state changes meanwhile.
	for (let n = 0; n < 40; n++) await writeFile(join(stateIn(root), `left-${n}`), '')
	for (let number = 0; number < BACKUPS; number++) {
		before.push(durable)
		await backUp(root, join(copies, String(number)))
	}
	isGoing = false
	await writing
	await store.close()

	const manifests = new Set<string>()
	for (const [number, atLeast] of before.entries()) {
		const copy = join(copies, String(number))
		manifests.add(await readFile(join(stateIn(copy), 'manifest.json'), 'utf8'))
		const restored = await openStore(copy, { initial: neverAnew })
		atEnd(t, restored.close)
		const [one, other] = [await restored.ids('one'), await restored.ids('other')]
		assert.ok(one.length >= atLeast, `${one.length} of ${atLeast}`)
		assert.deepEqual(
			one.map(Number),
			[...one.keys()].map((n) => n + 1),
		)
		assert.deepEqual(other, one)
	}
	assert.ok(manifests.size > 3, `compactions ran meanwhile: ${manifests.size}`)
})

test('a state that is only being made is copied as one that was not begun', async (t) => {
	const root = await temporaryDirectory(t)
	const copy = join(await temporaryDirectory(t), 'copy')
	await mkdir(stateIn(root))
	await writeFile(join(stateIn(root), '1.journal'), 'half')
	await backUp(root, copy)
	assert.deepEqual(await readdir(stateIn(copy)), [])
})

test('locks and files of running requests stay behind, and links are followed', async (t) => {
	const [root, elsewhere] = [await temporaryDirectory(t), await temporaryDirectory(t)]
	const copy = join(await temporaryDirectory(t), 'below/copy')
	await mkdir(join(root, 'tmp'))
	for (const name of ['.holder', 'tmp/upload', 'format', 'keys.json'])
		await writeFile(join(root, name), name)
	await writeFile(join(elsewhere, 'picture'), 'seen')
	await symlink(elsewhere, join(root, 'media'))
	assert.deepEqual(await backUp(root, copy), { files: 3, bytes: 19 })
	assert.deepEqual((await readdir(copy)).sort(), ['format', 'keys.json', 'media'])
	assert.equal(await readFile(join(copy, 'media/picture'), 'utf8'), 'seen')
})

test('a backup that cannot be made leaves nothing behind', async (t) => {
	const root = await temporaryDirectory(t)
	const place = await temporaryDirectory(t)
	await mkdir(join(place, 'used'))
	await writeFile(join(place, 'used/file'), '')
	await writeFile(join(place, 'file'), '')
	const refused = async (target: string, why: RegExp, from = root) => {
		await assert.rejects(
			backUp(from, target),
			(error: Error) => error instanceof BackupError && why.test(error.message),
		)
	}
	await refused(join(place, 'used'), /is not empty: name a new directory/)
	await refused(join(root, 'copy'), /is in DATA_DIR/)
	await refused(join(place, 'copy'), /is not there: set DATA_DIR/, join(root, 'absent'))
	await refused(join(place, 'file/copy'), /No backup was made: ENOTDIR/)
	assert.deepEqual((await readdir(place)).sort(), ['file', 'used'])
	assert.deepEqual(await readdir(root), [])
})
