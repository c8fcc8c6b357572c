import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { mock, test } from 'node:test'
import { until } from '../../../support/wait.ts'
import { openFileWorld, sha256 } from '../../../support/gateway/files.ts'
import { atEnd } from '../../../support/gateway/gateway.ts'

const DAY_MS = 24 * 60 * 60 * 1000

type World = Awaited<ReturnType<typeof openFileWorld>>

async function linkOf({ eventOf }: World, id: string): Promise<string> {
	const { url } = (await eventOf(id)).data.media
	assert.ok(url.startsWith('http://gateway.test/media/'), url)
	return new URL(url).pathname
}

/** What lies in the directory of kept files, with the paths. */
async function keptOf({ gateway }: World) {
	const directory = join(gateway.dataDir, 'media/main')
	const names = await readdir(directory).catch(() => [])
	// The others are still being written.
	return names.filter((name) => !name.endsWith('.part')).map((name) => join(directory, name))
}

const oneKept = (world: World) => until('a file is kept', async () => (await keptOf(world))[0])

test('the link of an event opens the file without a key, and only with all of its letters', async (t) => {
	const world = await openFileWorld(t)
	const { adaSendsFile, ask } = world
	const noKey = { 'x-api-key': '' }
	const { id, data } = await adaSendsFile()
	const link = await linkOf(world, id)
	const opened = await ask('GET', link, noKey)
	assert.deepEqual([opened.status, opened.bytes.equals(data)], [200, true])
	const head = await ask('HEAD', link, noKey)
	assert.deepEqual([...head.headers], [...opened.headers])

	const { id: other } = await adaSendsFile()
	const [, , token = ''] = link.split('/')
	const [signed = '', mac = ''] = token.split('.')
	const [, otherMac = ''] = (await linkOf(world, other)).split('.')
	const claims = JSON.parse(Buffer.from(signed, 'base64url').toString())
	const claiming = (...changed: unknown[]) =>
		Buffer.from(JSON.stringify(changed)).toString('base64url')
	const forged = [
		`${signed}.${otherMac}`,
		`${claiming(claims[0], other, claims[2])}.${mac}`,
		`${claiming(claims[0], id, claims[2] + 1)}.${mac}`,
		`${claiming('other', id, claims[2])}.${mac}`,
		`${signed}.${mac}.${mac}`,
		`${signed}.${mac.slice(0, -2)}`,
		`${signed}.`,
		signed,
		`.${mac}`,
		'x',
		`${mac[0] === 'A' ? 'B' : 'A'}${token.slice(1)}`,
		encodeURIComponent('../../keys.json'),
	]
	for (const wrong of forged) {
		const { status, bytes } = await ask('GET', `/media/${wrong}`, noKey)
		assert.equal(status, 403, wrong)
		assert.equal(JSON.parse(bytes.toString()).code, 'media_link_refused')
	}
})

test('a link is good as long as files are kept, also for a gateway that was started anew', async (t) => {
	const world = await openFileWorld(t, { keepDays: 2 })
	const { id } = await world.adaSendsFile()
	const link = await linkOf(world, id)
	mock.timers.enable({ apis: ['Date'], now: Date.now() })
	atEnd(t, () => mock.timers.reset())
	mock.timers.tick(2 * DAY_MS - 60_000)
	assert.equal((await world.ask('GET', link)).status, 200)
	mock.timers.tick(61_000)
	const late = await world.ask('GET', link)
	assert.equal(late.status, 403)
	assert.match(late.bytes.toString(), /expired/)
})

test('files are downloaded on request only, unless MEDIA_FETCH is on', async (t) => {
	const world = await openFileWorld(t)
	await world.adaSendsFile()
	const { id } = await world.adaSendsFile()
	await world.ask('GET', await linkOf(world, id))
	assert.deepEqual(await keptOf(world), [])
})

test('a file that was downloaded ahead is kept encrypted, and served although WhatsApp and the phone have lost it', async (t) => {
	const world = await openFileWorld(t, { fetchAhead: 100_000 })
	const { sandbox, owner, ada, adaSendsFile, ask } = world
	owner.incoming.listens = false
	const { id, data } = await adaSendsFile()
	const path = await oneKept(world)
	assert.equal((await stat(path)).mode & 0o777, 0o600)
	assert.ok(!(await readFile(path)).includes(data.subarray(0, 64)))
	await sandbox.whatsapp.media.loses(ada.account.phone)
	const opened = await ask('GET', await linkOf(world, id))
	assert.equal(opened.status, 200)
	assert.equal(sha256(opened.bytes), sha256(data))
})

test('a file above the limit of MEDIA_FETCH is downloaded on request', async (t) => {
	const world = await openFileWorld(t, { fetchAhead: 10_000 })
	const { id, data } = await world.adaSendsFile(randomBytes(10_001))
	// What its sender says of it proves nothing.
	const message = await world.ada.media.attach('document', {
		data: randomBytes(10_100),
		mimetype: 'text/plain',
	})
	message.documentMessage!.fileLength = 5
	await world.adaSends(message)
	await world.adaSendsFile(randomBytes(10_000))
	await oneKept(world)
	await world.adaSendsFile(randomBytes(9_999))
	await until('both that are small enough are kept', async () => (await keptOf(world)).length === 2)
	for (const path of await keptOf(world)) assert.ok((await stat(path)).size <= 10_026)
	assert.ok((await world.ask('GET', await linkOf(world, id))).bytes.equals(data))
})

test('a kept file that was changed is not answered with', async (t) => {
	const world = await openFileWorld(t, { fetchAhead: 100_000 })
	const { id, data } = await world.adaSendsFile()
	const path = await oneKept(world)
	const bytes = await readFile(path)
	bytes[1000]! ^= 1
	await writeFile(path, bytes)
	const opened = await world.ask('GET', await linkOf(world, id))
	assert.ok(opened.bytes.equals(data), 'WhatsApp has it still')
	assert.deepEqual(await keptOf(world), [])
})

test('kept files go when they are too old, and with their session', async (t) => {
	const world = await openFileWorld(t, { fetchAhead: 100_000, keepDays: 2 })
	const { gateway, sandbox, adaSendsFile } = world
	await adaSendsFile()
	const old = await oneKept(world)
	const { id } = await adaSendsFile()
	await until('both are kept', async () => (await keptOf(world)).length === 2)
	const before = new Date(Date.now() - 2 * DAY_MS - 60_000)
	await utimes(old, before, before)
	gateway.start()
	await until('the old one is gone', async () => (await keptOf(world)).length === 1)
	assert.equal((await world.ask('GET', await linkOf(world, id))).status, 200)
	await gateway.request('DELETE', '/api/v1/sessions/main')
	assert.deepEqual(await keptOf(world), [])
	assert.ok(sandbox)
})
