import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { z } from 'zod'
import { DamagedError, type Change } from '../../../gateway/src/storage/driver.ts'
import { durableFile } from '../../../gateway/src/storage/json/durable-file.ts'
import {
	rekeyingCipher,
	cipherFor,
	plaintext,
	readKeyFile,
	StateKeyError,
} from '../../../gateway/src/storage/json/encryption.ts'
import { MANIFEST } from '../../../gateway/src/storage/json/manifest.ts'
import { openStaging } from '../../../gateway/src/storage/json/staging.ts'
import { encodeLine, type Cipher } from '../../../gateway/src/storage/json/record-line.ts'
import { temporaryDirectory } from '../../support/directories.ts'
import { openStore, stateIn } from '../../support/state-store.ts'
import { testDriver } from './driver-suite.ts'

const hex = (byte: number) => byte.toString(16).padStart(2, '0').repeat(32)
const cipher = cipherFor(hex(1))
const other = cipherFor(hex(2))

const neverAnew = () => assert.fail('a store that exists was started anew')
const initial = (): Change[] => [{ collection: 'creds', id: 'me', value: 'the identity' }]
const putSecret: Change[] = [{ collection: 'secrets', id: 'Ayşe', value: 'the plaintext' }]

testDriver('files, encrypted', async (t) => {
	const directory = await temporaryDirectory(t)
	return (start = () => []) => openStore(directory, { initial: start, cipher })
})

testDriver('files, encrypted, that are compacted all the time', async (t) => {
	const directory = await temporaryDirectory(t)
	return (start = () => []) => openStore(directory, { initial: start, cipher, compactAfter: 200 })
})

/** Every file of a directory, in one. */
async function contents(directory: string): Promise<string> {
	const files = await readdir(stateIn(directory))
	const texts = files.map((file) => readFile(join(stateIn(directory), file), 'utf8'))
	return (await Promise.all(texts)).join('')
}

async function written(t: TestContext, by?: Cipher): Promise<string> {
	const directory = await temporaryDirectory(t)
	const store = await openStore(directory, { initial, cipher: by })
	await store.commit(putSecret)
	await store.close()
	return directory
}

const opened = async (directory: string, by?: Cipher) => {
	const store = await openStore(directory, { initial: neverAnew, cipher: by })
	const values = [
		(await store.get('creds', ['me'])).get('me'),
		(await store.get('secrets', ['Ayşe'])).get('Ayşe'),
	]
	await store.close()
	return values
}

const document = async (path: string, by?: Cipher) => {
	const staging = await openStaging(join(dirname(path), 'staging'))
	return durableFile(path, z.object({ name: z.string() }), { staging, cipher: by })
}

test('neither names nor values of a store are to be seen in its files', async (t) => {
	const directory = await written(t, cipher)
	const text = await contents(directory)
	for (const word of ['plaintext', 'identity', 'Ayşe', 'secrets', 'creds'])
		for (const form of [word, Buffer.from(word).toString('base64').slice(0, -3)])
			assert.equal(text.includes(form), false, form)
	assert.deepEqual(await opened(directory, cipher), ['the identity', 'the plaintext'])
})

test('a store does not open with another key, without its key, or with a key it does not need', async (t) => {
	for (const [by, reader, why] of [
		[cipher, other, /another key/],
		[cipher, plaintext, /no key was given/],
		[undefined, cipher, /is not encrypted/],
	] as const) {
		const directory = await written(t, by)
		const before = await contents(directory)
		const refused = await opened(directory, reader).catch((error: unknown) => error)
		assert.ok(refused instanceof StateKeyError)
		assert.match(refused.message, why)
		assert.equal(await contents(directory), before)
		assert.deepEqual(await opened(directory, by), ['the identity', 'the plaintext'])
	}
})

test('an encrypted store that is garbled or cut is damaged, whatever the key', async (t) => {
	const directory = await written(t, cipher)
	const path = join(stateIn(directory), MANIFEST)
	const whole = await readFile(path)
	for (let at = 0; at < whole.length; at += 7) {
		const garbled = Buffer.from(whole)
		garbled[at]! ^= 0xff
		await writeFile(path, garbled)
		const expected = at < whole.indexOf(10) ? DamagedError : Error
		await assert.rejects(opened(directory, cipher), DamagedError, `byte ${at}`)
		await assert.rejects(opened(directory, other), expected, `byte ${at}`)
	}
})

test('a torn last line of an encrypted journal is cut off', async (t) => {
	const directory = await written(t, cipher)
	const path = join(stateIn(directory), '1.journal')
	const whole = await readFile(path)
	const start = whole.lastIndexOf(10, whole.length - 2) + 1
	for (let length = start; length < whole.length; length += 3) {
		await writeFile(path, whole.subarray(0, length))
		assert.deepEqual(await opened(directory, cipher), ['the identity', undefined])
	}
})

test('state that was changed without the key is damaged, even with a right checksum', async (t) => {
	const directory = await written(t, cipher)
	const forged = cipher.encrypt('[["creds","me","somebody else"]]')
	const at = forged.length - 30
	const flipped = forged.slice(0, at) + (forged[at] === 'A' ? 'B' : 'A') + forged.slice(at + 1)
	const prefix = forged.slice(0, forged.lastIndexOf(':') + 1)
	for (const text of [flipped, forged.slice(0, 40), prefix]) {
		await writeFile(join(stateIn(directory), '1.journal'), encodeLine(text))
		await assert.rejects(opened(directory, cipher), DamagedError)
	}
})

test('the same text never looks the same twice', () => {
	assert.equal(new Set(Array.from({ length: 1000 }, () => cipher.encrypt('same'))).size, 1000)
})

test('a key is 32 bytes as hex or base64, or a passphrase that is long enough', () => {
	const bytes = Buffer.alloc(32, 1)
	for (const same of [hex(1), `${bytes.toString('base64')}\n`, bytes.toString('base64url')])
		assert.equal(cipherFor(same).decrypt(cipher.encrypt('ü')), 'ü')
	const phrase = cipherFor('correct horse battery staple')
	assert.equal(cipherFor('correct horse battery staple').decrypt(phrase.encrypt('')), '')
	assert.throws(
		() => cipherFor('correct horse battery stable').decrypt(phrase.encrypt('')),
		StateKeyError,
	)
	assert.throws(() => cipherFor('too short'), /STATE_KEY is too short.*openssl rand -hex 32/)
})

test('a key file is read without its newline; an empty, missing or binary one is refused', async (t) => {
	const path = join(await temporaryDirectory(t), 'key')
	await assert.rejects(readKeyFile(path), /STATE_KEY_FILE .* cannot be read/)
	await writeFile(path, `${hex(1)}\n`)
	assert.equal(await readKeyFile(path), hex(1))
	await writeFile(path, '\n')
	await assert.rejects(readKeyFile(path), /is empty/)
	await writeFile(path, Buffer.alloc(32, 0xfe))
	await assert.rejects(readKeyFile(path), /is not text/)
})

test('a store begins with a key, changes it or goes without, as it is rewritten', async (t) => {
	const steps: [to: Cipher, from: Cipher][] = [
		[cipher, plaintext],
		[other, cipher],
		[plaintext, other],
	]
	const directory = await written(t)
	for (const [to, from] of steps) {
		const change = rekeyingCipher(to, from)
		const store = await openStore(directory, {
			initial: neverAnew,
			cipher: change,
			compactAfter: 1,
		})
		// A journal is rewritten when it is twice as long as its snapshot.
		for (let n = 0; n < 100; n++) await store.commit(putSecret)
		await store.close()
		assert.deepEqual(await opened(directory, to), ['the identity', 'the plaintext'])
	}
})

test('a document is encrypted by the same cipher, and is plain JSON without one', async (t) => {
	const path = join(await temporaryDirectory(t), 'sessions.json')
	await (await document(path)).write({ name: 'Ayşe' })
	assert.match(await readFile(path, 'utf8'), /^\{"data":\{"name":"Ayşe"\}\n,"sha256":"\w+"\}\n$/)
	await assert.rejects(async () => (await document(path, cipher)).read(), /is not encrypted/)

	await (await document(path, cipher)).write({ name: 'Ayşe' })
	const text = await readFile(path, 'utf8')
	assert.match((JSON.parse(text) as { data: string }).data, /^encrypted1:/)
	assert.equal(text.includes('name'), false)
	assert.deepEqual(await (await document(path, cipher)).read(), { name: 'Ayşe' })
	await assert.rejects(async () => (await document(path, other)).read(), StateKeyError)
	await assert.rejects(async () => (await document(path)).read(), StateKeyError)
	await writeFile(path, text.slice(0, -80))
	await assert.rejects(async () => (await document(path, other)).read(), DamagedError)
})
