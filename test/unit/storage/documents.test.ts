import assert from 'node:assert/strict'
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { newIdentity, openAuthState } from '../../../gateway/src/session/signal/auth-state.ts'
import { DamagedError, type Shape } from '../../../gateway/src/storage/driver.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { atEnd, openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { testDocuments } from './document-suite.ts'

const listOf = <T>(kind: string): Shape<T[]> => ({
	safeParse: (data) =>
		Array.isArray(data) && data.every((item) => typeof item === kind)
			? { success: true, data }
			: { success: false, error: new Error(`not a list of ${kind}s`) },
})
const numbers = listOf<number>('number')

async function opened(t: TestContext, dataDir?: string) {
	const root = dataDir ?? (await temporaryDirectory(t))
	const storage = await jsonStorage(root, { onLost: () => {} })
	let open = true
	const close = async () => {
		if (open) await storage.close()
		open = false
	}
	atEnd(t, close)
	return { root, storage, close, list: () => storage.document<number[]>('list', () => [], numbers) }
}

testDocuments('files', async (t) => {
	const root = await temporaryDirectory(t)
	return () => jsonStorage(root, { onLost: () => {} })
})

test('files are readable by their owner only', async (t) => {
	const gateway = await openGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await gateway.stop()
	const names = await readdir(gateway.dataDir, { recursive: true, withFileTypes: true })
	for (const entry of names) {
		const { mode } = await stat(join(entry.parentPath, entry.name))
		assert.equal(mode & 0o777, entry.isDirectory() ? 0o700 : 0o600, entry.name)
	}
})

test('a file cut or garbled at any byte is damaged, never empty', async (t) => {
	const { list, root } = await opened(t)
	await (await list()).update((numbers) => void numbers.push(1, 2, 3))
	const path = join(root, 'list.json')
	const text = await readFile(path, 'utf8')
	for (let place = 0; place < text.length; place++) {
		const garbled = `${text.slice(0, place)}${text[place] === '7' ? '8' : '7'}${text.slice(place + 1)}`
		for (const damaged of [text.slice(0, place), garbled]) {
			await writeFile(path, damaged)
			await assert.rejects(list(), DamagedError)
			assert.equal(await readFile(path, 'utf8'), damaged)
		}
	}
	await writeFile(path, text)
	assert.deepEqual((await list()).data, [1, 2, 3])
})

test('a change that cannot be saved is not made', async (t) => {
	const { list, root } = await opened(t)
	const document = await list()
	await document.update((numbers) => void numbers.push(1))
	await chmod(root, 0o500)
	atEnd(t, () => chmod(root, 0o700))
	const full = document.update((numbers) => void numbers.push(2))
	if (process.getuid?.() === 0) return full // root may write anywhere
	await assert.rejects(full, { code: 'storage_failed' })
	assert.deepEqual(document.data, [1])
})

test('files of unfinished writes are removed after a crash', async (t) => {
	const { list, root, close } = await opened(t)
	await (await list()).update((numbers) => void numbers.push(1))
	await close()
	await mkdir(join(root, '.staging-of-the-dead'))
	await writeFile(join(root, '.staging-of-the-dead', '0123456789ab'), '{"da')
	const again = await opened(t, root)
	assert.deepEqual((await again.list()).data, [1])
	assert.equal((await readdir(root)).filter((name) => name.startsWith('.staging-')).length, 1)
})

test('the identity of a session is the same after a restart', async (t) => {
	const { storage, root, close } = await opened(t)
	const state = await storage.state('main', newIdentity)
	const auth = await openAuthState(state)
	auth.creds.nextPreKeyId = 7
	await auth.keys.set({ 'pre-key': { 6: { public: Buffer.of(1), private: Buffer.of(2, 255) } } })
	await state.close()
	await close()
	const second = await opened(t, root)
	const same = await second.storage.state('main', () => assert.fail('a new identity'))
	atEnd(t, () => same.close())
	const again = await openAuthState(same)
	assert.deepEqual(again.creds.noiseKey, auth.creds.noiseKey)
	assert.equal(again.creds.nextPreKeyId, 7)
	const { 6: preKey } = await again.keys.get('pre-key', ['6', '8'])
	assert.deepEqual(preKey, { public: Buffer.of(1), private: Buffer.of(2, 255) })
})

test('damaged credentials make the session corrupt: files kept, no new identity, others go on', async (t) => {
	const first = await openGateway(t)
	for (const id of ['broken', 'whole']) {
		await first.request('POST', '/api/v1/sessions', { id })
		await first.becomes(id, 'linking')
		await first.request('POST', `/api/v1/sessions/${id}/connect`)
	}
	await first.stop()
	const path = join(first.dataDir, 'sessions', 'broken', 'state', 'manifest.json')
	const half = (await readFile(path, 'utf8')).slice(0, 50)
	await writeFile(path, half)

	const again = await openGateway(t, { dataDir: first.dataDir })
	again.start()
	await again.becomes('broken', 'corrupt')
	await again.becomes('whole', 'linking')
	const qr = await again.request('GET', '/api/v1/sessions/broken/qr')
	assert.equal(qr.body.code, 'session_corrupt')
	assert.match(qr.body.detail, /manifest\.json is damaged/)
	assert.equal(await readFile(path, 'utf8'), half)
})
