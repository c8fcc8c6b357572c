import assert from 'node:assert/strict'
import { cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, test, type TestContext } from 'node:test'
import { DamagedError } from '../../../gateway/src/storage/driver.ts'
import { MANIFEST } from '../../../gateway/src/storage/json/manifest.ts'
import { encodeLine } from '../../../gateway/src/storage/json/record-line.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { openStore, stateIn } from '../../support/state-store.ts'

const initial = () => [{ collection: 'creds', id: 'me', value: 'the identity' }]
const neverAnew = () => assert.fail('a damaged store was started anew')

let whole: string
let directory: string

/** A store with an identity and three commits. */
before(async () => {
	whole = await mkdtemp(join(tmpdir(), 'whole-'))
	const store = await openStore(whole, { initial })
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
	await writeFile(join(stateIn(directory), file), bytes)
	const cuts: number[] = []
	const store = await openStore(directory, {
		initial: neverAnew,
		onCut: ({ bytes }) => cuts.push(bytes),
	})
	const identity = (await store.get('creds', ['me'])).get('me')
	const n = (await store.get('a', ['n'])).get('n')
	await store.commit([{ collection: 'a', id: 'n', value: 'goes on' }])
	await store.close()
	const again = await openStore(directory, { initial: neverAnew })
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
	const bytes = await readFile(join(stateIn(whole), '1.journal'))
	const start = lastLineOf(bytes)
	for (let length = start + 1; length < bytes.length; length++) {
		const { identity, n, cuts } = await opened('1.journal', bytes.subarray(0, length))
		assert.deepEqual([identity, n, cuts], ['the identity', 2, [length - start]])
	}
})

test('a journal whose last line is garbled anywhere goes on with the line before', async () => {
	const bytes = await readFile(join(stateIn(whole), '1.journal'))
	const start = lastLineOf(bytes)
	for (let at = start; at < bytes.length; at++) {
		const { identity, n, cuts } = await opened('1.journal', garbledAt(bytes, at))
		assert.deepEqual([identity, n, cuts], ['the identity', 2, [bytes.length - start]])
	}
})

test('a journal that is garbled anywhere before its last line is refused and left as it is', async () => {
	const bytes = await readFile(join(stateIn(whole), '1.journal'))
	for (let at = 0; at < lastLineOf(bytes); at++) {
		const garbled = garbledAt(bytes, at)
		await assert.rejects(opened('1.journal', garbled), DamagedError, `byte ${at}`)
		assert.deepEqual(await readFile(join(stateIn(directory), '1.journal')), garbled)
	}
})

test('a manifest that is cut or garbled anywhere is refused', async () => {
	const bytes = await readFile(join(stateIn(whole), MANIFEST))
	for (let at = 0; at < bytes.length; at++) {
		await assert.rejects(opened(MANIFEST, garbledAt(bytes, at)), DamagedError, `byte ${at}`)
		await assert.rejects(opened(MANIFEST, bytes.subarray(0, at)), DamagedError, `cut at ${at}`)
	}
})

test('a table that is garbled anywhere is refused, when it is opened or when the record is read', async () => {
	await cp(whole, directory, { recursive: true })
	const store = await openStore(directory, { initial: neverAnew })
	await store.rewrite()
	await store.close()
	const [name = ''] = (await readdir(stateIn(directory))).filter((file) => file.endsWith('.table'))
	const path = join(stateIn(directory), name)
	const bytes = await readFile(path)
	const readAll = async () => {
		const again = await openStore(directory, { initial: neverAnew })
		await Promise.all([again.get('creds', ['me']), again.list('a')]).finally(again.close)
	}
	await readAll()
	for (let at = 0; at < bytes.length; at++) {
		await writeFile(path, garbledAt(bytes, at))
		await assert.rejects(readAll(), DamagedError, `byte ${at}`)
		await writeFile(path, bytes.subarray(0, at))
		await assert.rejects(readAll(), DamagedError, `cut at ${at}`)
	}
	await writeFile(path, bytes)
	await readAll()
})

test('a file that is missing or empty is damage, not a new store', async () => {
	for (const file of [MANIFEST, '1.journal']) {
		await rm(directory, { recursive: true, force: true })
		await cp(whole, directory, { recursive: true })
		await rm(join(stateIn(directory), file))
		await assert.rejects(openStore(directory, { initial: neverAnew }), DamagedError, file)
		await writeFile(join(stateIn(directory), file), '')
		await assert.rejects(openStore(directory, { initial: neverAnew }), DamagedError, file)
	}
})

test('of a write of several lines, whichever pages are missing after a power cut, nothing is left half done', async () => {
	const bytes = await readFile(join(stateIn(whole), '1.journal'))
	const lines = [4, 5, 6].map((n, nth) =>
		encodeLine(JSON.stringify([['a', 'n', n]]), undefined, nth === 0),
	)
	const write = Buffer.concat(lines)
	const page = 8
	for (let missing = 0; missing < write.length; missing += page) {
		const torn = Buffer.from(write)
		torn.fill(0, missing, Math.min(write.length, missing + page))
		const wholeLines = lines.findIndex((_, n) => endOf(lines, n) > missing)
		const { n } = await opened('1.journal', Buffer.concat([bytes, torn]))
		assert.equal(n, 3 + wholeLines, `page at ${missing}`)
	}
})

const endOf = (lines: Buffer[], n: number) => Buffer.concat(lines.slice(0, n + 1)).length

test('files that a crash left behind in the middle of a compaction are removed', async () => {
	await cp(whole, directory, { recursive: true })
	for (const name of ['2.journal', '2.table', '7.table', 'half'])
		await writeFile(join(stateIn(directory), name), 'half')
	const store = await openStore(directory, { initial: neverAnew })
	assert.equal((await store.get('a', ['n'])).get('n'), 3)
	await store.commit([{ collection: 'a', id: 'n', value: 4 }])
	await store.close()
	const again = await openStore(directory, { initial: neverAnew, compactAfter: 1 })
	await again.commit([{ collection: 'a', id: 'n', value: 5 }])
	await again.close()
	const last = await openStore(directory, { initial: neverAnew })
	assert.deepEqual([...(await last.list('a'))], [['n', 5]])
	assert.equal((await last.get('creds', ['me'])).get('me'), 'the identity')
	await last.close()
	const files = await readdir(stateIn(directory))
	assert.deepEqual(
		files.filter((name) => /half|7/.test(name)),
		[],
	)
})

test('files are readable by their owner only', async () => {
	for (const name of await readdir(stateIn(whole)))
		assert.equal((await stat(join(stateIn(whole), name))).mode & 0o777, 0o600, name)
})
