import assert from 'node:assert/strict'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { DamagedError } from '../../../gateway/src/storage/driver.ts'
import { linkedGateway, openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'

const MAIN = '/api/v1/sessions/main'

type Change = (bytes: Buffer) => Buffer

const hook = { url: 'https://hook.invalid', events: ['call.*'] }

/** The files of two linked sessions, `main` and `other`, that have sent and received. */
async function twoSessions(t: TestContext) {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	await gateway.request('POST', '/api/v1/sessions', { id: 'other' })
	ada.scans((await gateway.request('GET', '/api/v1/sessions/other/qr')).body.qr)
	await gateway.becomes('other', 'open')
	await gateway.request('POST', `${MAIN}/messages/text`, { to: ada.account.phone, text: 'hello' })
	await ada.receives('hello')
	await gateway.request('POST', `${MAIN}/webhooks`, hook)
	await gateway.stop()
	const identities = () =>
		[owner, ada].flatMap(({ account }) =>
			account.devices.map(({ noiseKey }) => Buffer.from(noiseKey ?? []).toString('hex')),
		)
	return {
		sandbox,
		dataDir: gateway.dataDir,
		/** Who is linked to the two phones, as WhatsApp knows it. */
		identities,
		/** A copy of them in which one is changed. */
		async changed(file: string, change: Change): Promise<string> {
			const dataDir = await temporaryDirectory(t)
			await cp(gateway.dataDir, dataDir, { recursive: true })
			await writeFile(join(dataDir, file), change(await readFile(join(dataDir, file))))
			return dataDir
		},
	}
}

async function filesIn(directory: string): Promise<[path: string, bytes: Buffer][]> {
	const entries = await readdir(directory, { recursive: true, withFileTypes: true })
	const files = entries.filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
	const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort()
	return Promise.all(paths.map(async (path) => [path, await readFile(path)] as [string, Buffer]))
}

const cutAt =
	(share: number): Change =>
	(bytes) =>
		bytes.subarray(0, bytes.length * share)

const garbledAt =
	(share: number): Change =>
	(bytes) => {
		const changed = Buffer.from(bytes)
		changed[Math.floor(bytes.length * share)]! ^= 0xff
		return changed
	}

const everywhere = [0, 0.1, 0.3, 0.5, 0.7, 0.9]

test('wherever the state of a session is damaged, it is corrupt and left as it is; others go on', async (t) => {
	const { sandbox, changed, identities } = await twoSessions(t)
	const known = identities()
	const damages = everywhere.flatMap((share) => [
		{ file: 'manifest.json', change: cutAt(share) },
		{ file: 'manifest.json', change: garbledAt(share) },
		{ file: '1.journal', change: garbledAt(share) },
	])
	for (const { file, change } of damages) {
		const dataDir = await changed(`sessions/main/state/${file}`, change)
		const files = await filesIn(join(dataDir, 'sessions/main'))
		const gateway = await openGateway(t, { dataDir, sandbox })
		gateway.start()
		await gateway.becomes('main', 'corrupt')
		await gateway.becomes('other', 'open')
		const { body } = await gateway.request('POST', `${MAIN}/connect`)
		assert.equal(body.code, 'session_corrupt')
		assert.ok(body.detail.includes(file), body.detail)
		await gateway.stop()
		assert.deepEqual(await filesIn(join(dataDir, 'sessions/main')), files)
	}
	assert.deepEqual(identities(), known)
})

test('a session whose last commit was torn keeps its identity', async (t) => {
	const { sandbox, dataDir, changed, identities } = await twoSessions(t)
	const known = identities()
	const file = 'sessions/main/state/1.journal'
	const bytes = await readFile(join(dataDir, file))
	const last = bytes.lastIndexOf(10, bytes.length - 2) + 1
	for (const share of everywhere) {
		const end = last + Math.ceil((bytes.length - last) * share)
		const torn = await changed(file, (whole) => whole.subarray(0, end))
		const gateway = await openGateway(t, { dataDir: torn, sandbox })
		gateway.start()
		await gateway.becomes('main', 'open')
		await gateway.stop()
	}
	assert.deepEqual(identities(), known)
})

test('a session whose record or webhooks are damaged is corrupt and left as it is; others go on', async (t) => {
	const { sandbox, changed, identities } = await twoSessions(t)
	const known = identities()
	for (const file of ['sessions/main.json', 'webhooks/main.json']) {
		const dataDir = await changed(file, garbledAt(0.5))
		const files = await filesIn(join(dataDir, 'sessions/main'))
		const damaged = await readFile(join(dataDir, file))
		const gateway = await openGateway(t, { dataDir, sandbox })
		gateway.start()
		await gateway.becomes('other', 'open')
		await gateway.becomes('main', 'corrupt')
		const { body } = await gateway.request('POST', `${MAIN}/connect`)
		assert.equal(body.code, 'session_corrupt')
		assert.ok(body.detail.includes(file), body.detail)
		const made = await gateway.request('POST', `${MAIN}/webhooks`, hook)
		assert.equal(made.body.code, 'session_corrupt')
		await gateway.stop()
		assert.deepEqual(await filesIn(join(dataDir, 'sessions/main')), files)
		assert.deepEqual(await readFile(join(dataDir, file)), damaged)
	}
	assert.deepEqual(identities(), known)
})

test('a session whose record is damaged can be removed, and made anew', async (t) => {
	const { sandbox, changed } = await twoSessions(t)
	const dataDir = await changed('sessions/main.json', cutAt(0.5))
	const gateway = await openGateway(t, { dataDir, sandbox })
	gateway.start()
	await gateway.becomes('main', 'corrupt')
	assert.equal((await gateway.request('DELETE', MAIN)).status, 204)
	const made = await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	assert.equal(made.status, 201)
	await gateway.becomes('main', 'linking')
})

/** What the gateway finds out again: damage to it stops nothing. */
const askedForAgain = new Set(['client-version.json'])

test('a gateway does not start on a damaged document of its own, and leaves it as it is', async (t) => {
	const { sandbox, dataDir, changed } = await twoSessions(t)
	const names = await readdir(dataDir, { recursive: true })
	const documents = names.filter((name) => /^[^/]*\.json$/.test(name) && !askedForAgain.has(name))
	assert.ok(documents.includes('media-links.json'), documents.join())
	for (const document of documents)
		for (const share of everywhere)
			for (const change of [cutAt(share), garbledAt(share)]) {
				const damaged = await changed(document, change)
				const files = await filesIn(damaged)
				await assert.rejects(openGateway(t, { dataDir: damaged, sandbox }), DamagedError)
				assert.deepEqual(await filesIn(damaged), files)
			}
})
