import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { z } from 'zod'
import { DamagedError, type Change } from '../../../gateway/src/storage/driver.ts'
import { durableFile } from '../../../gateway/src/storage/json/durable-file.ts'
import {
	changeOfCurtains,
	curtainFor,
	noCurtain,
	readKeyFile,
	StateKeyError,
} from '../../../gateway/src/storage/json/encryption.ts'
import { openJournal } from '../../../gateway/src/storage/json/journal.ts'
import { sealLine, type Curtain } from '../../../gateway/src/storage/json/record-line.ts'
import { newDirectory } from '../../support/directories.ts'
import { testDriver } from './driver-suite.ts'

const hex = (byte: number) => byte.toString(16).padStart(2, '0').repeat(32)
const curtain = curtainFor(hex(1))
const other = curtainFor(hex(2))

const neverAnew = () => assert.fail('a store that exists was started anew')
const initial = (): Change[] => [{ collection: 'creds', id: 'me', value: 'the identity' }]
const putSecret: Change[] = [{ collection: 'secrets', id: 'Ayşe', value: 'the plaintext' }]

testDriver('journal, encrypted', async () => {
	const directory = await newDirectory('curtain')
	return (start = () => []) => openJournal(directory, { initial: start, curtain })
})

testDriver('journal, encrypted, that compacts all the time', async () => {
	const directory = await newDirectory('curtain')
	return (start = () => []) =>
		openJournal(directory, { initial: start, curtain, compactAfter: 200 })
})

/** Every file of a directory, in one. */
async function contents(directory: string): Promise<string> {
	const files = await readdir(directory)
	return (await Promise.all(files.map((file) => readFile(join(directory, file), 'utf8')))).join('')
}

async function written(by?: Curtain): Promise<string> {
	const directory = await newDirectory('curtain')
	const store = await openJournal(directory, { initial, curtain: by })
	await store.commit(putSecret)
	await store.close()
	return directory
}

const opened = async (directory: string, by?: Curtain) => {
	const store = await openJournal(directory, { initial: neverAnew, curtain: by })
	const values = [
		(await store.get('creds', ['me'])).get('me'),
		(await store.get('secrets', ['Ayşe'])).get('Ayşe'),
	]
	await store.close()
	return values
}

const document = (path: string, by?: Curtain) =>
	durableFile(path, z.object({ name: z.string() }), by)

test('neither names nor values of a store are to be seen in its files', async () => {
	const directory = await written(curtain)
	const text = await contents(directory)
	for (const word of ['plaintext', 'identity', 'Ayşe', 'secrets', 'creds'])
		for (const form of [word, Buffer.from(word).toString('base64').slice(0, -3)])
			assert.equal(text.includes(form), false, form)
	assert.deepEqual(await opened(directory, curtain), ['the identity', 'the plaintext'])
})

test('a store is refused with another key, without one, and with one that it does not need', async () => {
	for (const [by, reader, why] of [
		[curtain, other, /another key/],
		[curtain, noCurtain, /no key was given/],
		[undefined, curtain, /is not encrypted/],
	] as const) {
		const directory = await written(by)
		const before = await contents(directory)
		const refused = await opened(directory, reader).catch((error: unknown) => error)
		assert.ok(refused instanceof StateKeyError)
		assert.match(refused.message, why)
		assert.equal(await contents(directory), before)
		assert.deepEqual(await opened(directory, by), ['the identity', 'the plaintext'])
	}
})

test('an encrypted store that is garbled or cut is damaged, whatever the key', async () => {
	const directory = await written(curtain)
	const path = join(directory, '1.snapshot')
	const whole = await readFile(path)
	for (let at = 0; at < whole.length; at += 7) {
		const garbled = Buffer.from(whole)
		garbled[at]! ^= 0xff
		await writeFile(path, garbled)
		const expected = at < whole.indexOf(10) ? DamagedError : Error
		await assert.rejects(opened(directory, curtain), DamagedError, `byte ${at}`)
		await assert.rejects(opened(directory, other), expected, `byte ${at}`)
	}
})

test('a torn last line of an encrypted journal is cut off', async () => {
	const directory = await written(curtain)
	const path = join(directory, '1.journal')
	const whole = await readFile(path)
	for (let length = 1; length < whole.length; length += 3) {
		await writeFile(path, whole.subarray(0, length))
		assert.deepEqual(await opened(directory, curtain), ['the identity', undefined])
	}
})

test('what somebody without the key has changed is damaged, checksum or not', async () => {
	const directory = await written(curtain)
	const forged = curtain.hide('[["creds","me","somebody else"]]')
	const at = forged.length - 30
	const flipped = forged.slice(0, at) + (forged[at] === 'A' ? 'B' : 'A') + forged.slice(at + 1)
	for (const text of [flipped, forged.slice(0, 40), forged.slice(0, 20)]) {
		await writeFile(join(directory, '1.journal'), sealLine(text))
		await assert.rejects(opened(directory, curtain), DamagedError)
	}
})

test('the same text never looks the same twice', () => {
	assert.equal(new Set(Array.from({ length: 1000 }, () => curtain.hide('same'))).size, 1000)
})

test('a key is 32 bytes as hex or base64, or a passphrase that is long enough', () => {
	const bytes = Buffer.alloc(32, 1)
	for (const same of [hex(1), `${bytes.toString('base64')}\n`, bytes.toString('base64url')])
		assert.equal(curtainFor(same).show(curtain.hide('ü')), 'ü')
	const phrase = curtainFor('correct horse battery staple')
	assert.equal(curtainFor('correct horse battery staple').show(phrase.hide('')), '')
	assert.throws(
		() => curtainFor('correct horse battery stable').show(phrase.hide('')),
		StateKeyError,
	)
	assert.throws(() => curtainFor('too short'), /STATE_KEY is too short.*openssl rand -hex 32/)
})

test('a key file is read without its newline; an empty, missing or binary one is refused', async () => {
	const path = join(await newDirectory('curtain'), 'key')
	await assert.rejects(readKeyFile(path), /STATE_KEY_FILE .* cannot be read/)
	await writeFile(path, `${hex(1)}\n`)
	assert.equal(await readKeyFile(path), hex(1))
	await writeFile(path, '\n')
	await assert.rejects(readKeyFile(path), /is empty/)
	await writeFile(path, Buffer.alloc(32, 0xfe))
	await assert.rejects(readKeyFile(path), /is not text/)
})

test('a store begins with a key, changes it or goes without, as it is rewritten', async () => {
	const steps: [to: Curtain, from: Curtain][] = [
		[curtain, noCurtain],
		[other, curtain],
		[noCurtain, other],
	]
	const directory = await written()
	for (const [to, from] of steps) {
		const change = changeOfCurtains(to, from)
		const store = await openJournal(directory, {
			initial: neverAnew,
			curtain: change,
			compactAfter: 1,
		})
		// A journal is rewritten when it is twice as long as its snapshot.
		for (let n = 0; n < 100; n++) await store.commit(putSecret)
		await store.close()
		assert.deepEqual(await opened(directory, to), ['the identity', 'the plaintext'])
	}
})

test('a document is hidden by the same curtain, and looks as ever without one', async () => {
	const path = join(await newDirectory('curtain'), 'sessions.json')
	await document(path).write({ name: 'Ayşe' })
	assert.match(await readFile(path, 'utf8'), /^\{"data":\{"name":"Ayşe"\}\n,"sha256":"\w+"\}\n$/)
	await assert.rejects(async () => document(path, curtain).read(), /is not encrypted/)

	await document(path, curtain).write({ name: 'Ayşe' })
	const text = await readFile(path, 'utf8')
	assert.match((JSON.parse(text) as { data: string }).data, /^hidden1:/)
	assert.equal(text.includes('name'), false)
	assert.deepEqual(await document(path, curtain).read(), { name: 'Ayşe' })
	await assert.rejects(async () => document(path, other).read(), StateKeyError)
	await assert.rejects(async () => document(path).read(), StateKeyError)
	await writeFile(path, text.slice(0, -80))
	await assert.rejects(async () => document(path, other).read(), DamagedError)
})
