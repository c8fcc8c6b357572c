import assert from 'node:assert/strict'
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test, type TestContext } from 'node:test'
import { DamagedError } from '../../../gateway/src/storage/driver.ts'
import { openJournal } from '../../../gateway/src/storage/json/journal.ts'
import { temporaryDirectory } from '../../support/directories.ts'

const initial = () => [{ collection: 'creds', id: 'me', value: 'the identity' }]
const neverAnew = () => assert.fail('a damaged store was started anew')

let whole: string
let directory: string

/** A store with an identity in its snapshot and three commits in its journal. */
before(async () => {
	whole = await mkdtemp(join(tmpdir(), 'whole-'))
	const store = await openJournal(whole, { initial })
	for (const n of [1, 2, 3]) await store.commit([{ collection: 'a', id: 'n', value: n }])
	await store.close()
})
after(() => rm(whole, { recursive: true }))
beforeEach(async (t) => {
	directory = await temporaryDirectory(t as TestContext)
})

/** Opens a copy in which one file holds other bytes; tells what the store says then. */
async function opened(file: string, bytes: Buffer) {
	await rm(directory, { recursive: true, force: true })
	await cp(whole, directory, { recursive: true })
	await writeFile(join(directory, file), bytes)
	const cuts: number[] = []
	const store = await openJournal(directory, {
		initial: neverAnew,
		onCut: ({ bytes }) => cuts.push(bytes),
	})
	const identity = (await store.get('creds', ['me'])).get('me')
	const n = (await store.get('a', ['n'])).get('n')
	await store.commit([{ collection: 'a', id: 'n', value: 'goes on' }])
	await store.close()
	const again = await openJournal(directory, { initial: neverAnew })
	assert.equal((await again.get('a', ['n'])).get('n'), 'goes on')
	await again.close()
	return { identity, n, cuts }
}

const garbledAt = (bytes: Buffer, at: number) => {
	const changed = Buffer.from(bytes)
	changed[at]! ^= 0xff
	return changed
}

const lastLineOf = (bytes: Buffer) => bytes.lastIndexOf(10, bytes.length - 2) + 1

test('a journal whose last line is cut anywhere goes on with the line before', async () => {
	const bytes = await readFile(join(whole, '1.journal'))
	const start = lastLineOf(bytes)
	for (let length = start + 1; length < bytes.length; length++) {
		const { identity, n, cuts } = await opened('1.journal', bytes.subarray(0, length))
		assert.deepEqual([identity, n, cuts], ['the identity', 2, [length - start]])
	}
})

test('a journal whose last line is garbled anywhere goes on with the line before', async () => {
	const bytes = await readFile(join(whole, '1.journal'))
	const start = lastLineOf(bytes)
	for (let at = start; at < bytes.length; at++) {
		const { identity, n, cuts } = await opened('1.journal', garbledAt(bytes, at))
		assert.deepEqual([identity, n, cuts], ['the identity', 2, [bytes.length - start]])
	}
})

test('a journal that is garbled anywhere before its last line is refused and left as it is', async () => {
	const bytes = await readFile(join(whole, '1.journal'))
	for (let at = 0; at < lastLineOf(bytes); at++) {
		const garbled = garbledAt(bytes, at)
		await assert.rejects(opened('1.journal', garbled), DamagedError, `byte ${at}`)
		assert.deepEqual(await readFile(join(directory, '1.journal')), garbled)
	}
})

test('a snapshot that is cut or garbled anywhere is refused', async () => {
	const bytes = await readFile(join(whole, '1.snapshot'))
	for (let at = 0; at < bytes.length; at++) {
		await assert.rejects(opened('1.snapshot', garbledAt(bytes, at)), DamagedError, `byte ${at}`)
		await assert.rejects(opened('1.snapshot', bytes.subarray(0, at)), DamagedError, `cut at ${at}`)
	}
})

test('a lost snapshot is damage, not a new store', async () => {
	await cp(whole, directory, { recursive: true })
	await rm(join(directory, '1.snapshot'))
	await assert.rejects(openJournal(directory, { initial: neverAnew }), DamagedError)
})

test('the state after a crash in the middle of a compaction is as if there had been no crash', async () => {
	await cp(whole, directory, { recursive: true })
	// The next journal exists already, its snapshot is half written.
	await writeFile(join(directory, '2.journal'), '')
	await writeFile(join(directory, '2.snapshot.tmp'), 'half')
	const store = await openJournal(directory, { initial: neverAnew })
	assert.equal((await store.get('a', ['n'])).get('n'), 3)
	await store.commit([{ collection: 'a', id: 'n', value: 4 }])
	await store.close()
	const again = await openJournal(directory, { initial: neverAnew, compactAfter: 1 })
	await again.commit([{ collection: 'a', id: 'n', value: 5 }])
	await again.close()
	const last = await openJournal(directory, { initial: neverAnew })
	assert.deepEqual([...(await last.list('a'))], [['n', 5]])
	assert.equal((await last.get('creds', ['me'])).get('me'), 'the identity')
	await last.close()
})

test('files are readable by their owner only', async () => {
	assert.equal((await stat(join(whole, '1.journal'))).mode & 0o777, 0o600)
	assert.equal((await stat(join(whole, '1.snapshot'))).mode & 0o777, 0o600)
})
