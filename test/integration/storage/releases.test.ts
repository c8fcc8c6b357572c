import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { z } from 'zod'
import { DamagedError } from '../../../gateway/src/storage/driver.ts'
import { FORMAT } from '../../../gateway/src/storage/json/format.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { VERSION } from '../../../gateway/src/lib/version.ts'
import { bareEnvironment } from '../../support/command.ts'
import { startGateway } from '../../support/gateway-process.ts'
import { atEnd, temporaryDirectory } from '../../support/directories.ts'
import { ROOT } from '../../support/paths.ts'
import { startRecorder } from '../../support/recorder.ts'
import { until } from '../../support/wait.ts'
import { ANNA, SHOP, releases, unpackState, type Facts } from '../../states/states.ts'

const MAIN = join(ROOT, 'gateway/src/main.ts')
const SESSION = '/api/v1/sessions/main'

/** The sources on the state of a release, at the time when that was left: nothing in it is too old to be kept. */
async function startOn(t: TestContext, dataDir: string, facts: Facts) {
	const gateway = await startGateway({
		dataDir,
		log: join(await temporaryDirectory(t), 'gateway.log'),
		program: ['--import', join(ROOT, 'test/support/other-clock.ts'), MAIN],
		env: { CLOCK_OFFSET: String(facts.at - Date.now()) },
	})
	atEnd(t, gateway.stop)
	return gateway
}

/** Everything under a directory, by its path. */
async function contents(root: string): Promise<Map<string, string>> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true })
	const paths = entries.map(({ parentPath, name }) => join(parentPath, name)).sort()
	const files = entries.filter((entry) => entry.isFile())
	const texts = new Map(paths.map((path) => [path, '']))
	for (const { parentPath, name } of files)
		texts.set(join(parentPath, name), await readFile(join(parentPath, name), 'latin1'))
	return texts
}

/** What the command says on its standard error, and how it ends. */
const failing = (dataDir: string, command: string) =>
	new Promise<{ code: unknown; said: string }>((resolve) => {
		const env = { ...bareEnvironment(), PORT: '0', DATA_DIR: dataDir }
		execFile(process.execPath, [MAIN, command], { env }, (error, _, said) =>
			resolve({ code: error?.code, said }),
		)
	})

const marker = (dataDir: string) => join(dataDir, 'format')
const mark = (dataDir: string, format: number, version: string) =>
	writeFile(marker(dataDir), JSON.stringify({ format, version }))
const markerOf = async (dataDir: string) => JSON.parse(await readFile(marker(dataDir), 'utf8'))

test('the state of this release is kept for the tests of the next one', () => {
	assert.ok(releases.includes(VERSION), 'run `npm run state`')
})

for (const release of releases)
	test(`the state that ${release} has left is read: session, key, messages, webhook and what waits for it`, async (t) => {
		const { dataDir, facts } = await unpackState(t, release)
		const gateway = await startOn(t, dataDir, facts)
		await gateway.link('main', SHOP)

		const withKey = await fetch(`${gateway.url}${SESSION}`, { headers: { 'x-api-key': facts.key } })
		const session = (await withKey.json()) as { status: string; me: { phone: string } }
		assert.equal(session.status, 'open')
		assert.equal(session.me.phone, SHOP)

		const { messages } = await gateway.request<{ messages: { id: string; text: string }[] }>(
			'GET',
			`${SESSION}/chats/${ANNA}@s.whatsapp.net/messages`,
		)
		assert.deepEqual(messages.map(({ text }) => text).sort(), [
			'answer',
			'first',
			'second',
			'third',
		])

		const target = await startRecorder(() => ({ status: 200, body: {} }))
		atEnd(t, () => target.stop())
		await gateway.request('PATCH', `${SESSION}/webhooks/${facts.webhook}`, { url: target.url })
		await until('what waited is delivered', () => target.requests.length > 0)
		await gateway.says(ANNA, SHOP, 'fourth')
		await until('the next is delivered', () => target.requests.length > 1)
		const texts = target.requests.map(({ body }) => (body as { data: { text: string } }).data.text)
		assert.deepEqual(texts, ['third', 'fourth'])

		const before = await gateway.newest(ANNA)
		await gateway.request('POST', `${SESSION}/messages/text`, { to: ANNA, text: 'still here' })
		assert.equal((await gateway.receives(ANNA, before)).text, 'still here')
		assert.deepEqual(await markerOf(dataDir), { format: FORMAT, version: VERSION })
	})

test('state without a mark, as builds before 0.2.0 have left it, is read and marked', async (t) => {
	const dataDir = await temporaryDirectory(t)
	const storage = await jsonStorage(dataDir, { onLost: assert.fail })
	atEnd(t, storage.close)
	assert.deepEqual(await markerOf(dataDir), { format: FORMAT, version: VERSION })
})

/** What a later release with the same format may have written: fields and records that are not known here. */
async function writeLikeLater(dataDir: string): Promise<void> {
	const storage = await jsonStorage(dataDir, { onLost: assert.fail })
	const invent = (value: unknown): unknown =>
		Array.isArray(value) ? value.map(invent) : { ...(value as object), invented: 'later' }
	for (const name of ['keys', 'media-links', 'sessions/main', 'webhooks/main']) {
		const document = await storage.document<object>(name, () => ({}), z.any())
		const later = invent(document.data)
		await document.update((draft) => {
			if (Array.isArray(draft)) draft.splice(0, draft.length, ...(later as []))
			else Object.assign(draft, later)
		})
	}
	const state = await storage.state('sessions/main/state', assert.fail)
	await state.commit([{ collection: 'invented', id: 'a', value: { by: 'a later release' } }])
	await state.close()
	await storage.close()
	await mark(dataDir, FORMAT, '0.2.99')
}

test('a later release with the same format is rolled back: what is not known here is left out', async (t) => {
	const { dataDir, facts } = await unpackState(t, VERSION)
	await writeLikeLater(dataDir)
	const gateway = await startOn(t, dataDir, facts)
	await gateway.link('main', SHOP)
	assert.equal((await gateway.webhooks('main'))[0]?.id, facts.webhook)
	const withKey = await fetch(`${gateway.url}${SESSION}`, { headers: { 'x-api-key': facts.key } })
	assert.equal(withKey.status, 200)
	assert.deepEqual(await markerOf(dataDir), { format: FORMAT, version: VERSION })
})

for (const command of ['--sandbox', 'rekey'])
	test(`state in a newer format is refused by "${command}" in one sentence, and left as it is`, async (t) => {
		const { dataDir } = await unpackState(t, VERSION)
		await mark(dataDir, FORMAT + 1, '0.3.0')
		const before = await contents(dataDir)
		const { code, said } = await failing(dataDir, command)
		assert.equal(code, 78)
		assert.equal(
			said,
			`${dataDir} was written by version 0.3.0 of the gateway, in format ${FORMAT + 1}. This is version ${VERSION}, which reads formats up to ${FORMAT}. Start version 0.3.0 or a later one, or restore a backup from before the upgrade. Nothing was changed.\n`,
		)
		assert.deepEqual(await contents(dataDir), before)
	})

test('a mark that cannot be read is damage, and left as it is', async (t) => {
	const dataDir = await temporaryDirectory(t)
	await writeFile(marker(dataDir), '{"format":')
	await assert.rejects(jsonStorage(dataDir, { onLost: assert.fail }), DamagedError)
	assert.equal(await readFile(marker(dataDir), 'utf8'), '{"format":')
})
