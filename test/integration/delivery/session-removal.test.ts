import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Storage } from '../../../gateway/src/storage/driver.ts'
import { openGateway, temporaryDirectory, type TestGateway } from '../../support/gateway/gateway.ts'
import { listen, readStream } from '../../support/delivery/listener.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { seed } from '../../support/delivery/seed.ts'
import { until } from '../../support/wait.ts'
import { OVER_FILES } from '../../support/state-url.ts'

async function createSession(gateway: TestGateway, id: string) {
	await gateway.request('POST', '/api/v1/sessions', { id })
	await gateway.request('POST', `/api/v1/sessions/${id}/disconnect`)
	return gateway.sessions.get(id).journal()
}

const hooksOf = (id: string) => `/api/v1/sessions/${id}/webhooks`

async function addHookTo(gateway: TestGateway, session: string, url: string, body: object = {}) {
	const wanted = { url, events: ['message.received'], from: 0, ...body }
	const { status } = await gateway.request('POST', hooksOf(session), wanted)
	assert.equal(status, 201)
}

const documentsIn = async (dataDir: string) => (await readdir(join(dataDir, 'webhooks'))).sort()

test(
	'a deleted session takes its webhooks with it, and the others go on',
	OVER_FILES,
	async (t) => {
		const gateway = await openGateway(t)
		await createSession(gateway, 'main')
		const other = await createSession(gateway, 'other')
		const receivers = { main: await openReceiver(t), other: await openReceiver(t) }
		await addHookTo(gateway, 'main', receivers.main.url, { resume: 'flow' })
		await addHookTo(gateway, 'other', receivers.other.url, { resume: 'flow' })
		assert.deepEqual(await documentsIn(gateway.dataDir), ['main.json', 'other.json'])

		await gateway.request('DELETE', '/api/v1/sessions/main')
		assert.deepEqual(await documentsIn(gateway.dataDir), ['other.json'])
		assert.equal((await gateway.request('GET', hooksOf('main'))).status, 404)

		await seed(other, 1, 2)
		await addHookTo(gateway, 'other', receivers.other.url)
		await until('the other gets its events', () => receivers.other.posts.length >= 2)
		const { webhooks } = (await gateway.request('GET', hooksOf('other'))).body
		assert.equal(webhooks.length, 2)
	},
)

test('a session that is made under the id of a deleted one has none of its webhooks, payloads and cursors', async (t) => {
	const gateway = await openGateway(t)
	const receiver = await openReceiver(t)
	for (const round of ['first', 'second']) {
		await createSession(gateway, 'main')
		assert.deepEqual((await gateway.request('GET', hooksOf('main'))).body.webhooks, [])
		const name = { events: ['session.status'], resume: 'flow', headers: { 'x-round': round } }
		await addHookTo(gateway, 'main', receiver.url, name)
		await gateway.request('POST', '/api/v1/sessions/main/connect')
		await gateway.request('POST', '/api/v1/sessions/main/disconnect')
		const posted = () =>
			receiver.posts.filter(({ headers }) => headers['x-round'] === round).map(({ event }) => event)
		const statuses = await until('all is delivered', async () => {
			const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?limit=100')
			const found = body.events.filter(({ type }: { type: string }) => type === 'session.status')
			return found.length >= 2 && found.length === posted().length && found
		})
		assert.deepEqual(posted(), statuses, round)
		await gateway.request('DELETE', '/api/v1/sessions/main')
	}
})

test('the streams of a deleted session end, those of others stay open', async (t) => {
	const gateway = await openGateway(t, { delivery: { heartbeatMs: 20 } })
	await createSession(gateway, 'main')
	await createSession(gateway, 'other')
	const port = await listen(t, gateway)
	const main = await readStream(port)
	const other = await readStream(port, '', {}, 'other')
	await gateway.request('DELETE', '/api/v1/sessions/main')
	await until('its stream ends', () => main.ended)
	const heartbeats = other.comments
	await until('the other stream goes on', () => other.comments > heartbeats)
	other.close()
})

test(
	'webhooks are there again after a restart, but those of deleted sessions',
	OVER_FILES,
	async (t) => {
		const dataDir = await temporaryDirectory(t)
		const first = await openGateway(t, { dataDir })
		const journals = new Map()
		for (const id of ['one', 'two']) journals.set(id, await createSession(first, id))
		const receiver = await openReceiver(t)
		for (const id of ['one', 'two']) await addHookTo(first, id, receiver.url)
		await first.request('DELETE', '/api/v1/sessions/one')
		await seed(journals.get('two'), 1, 1)
		await first.stop()

		const second = await openGateway(t, { dataDir })
		assert.equal((await second.request('GET', hooksOf('two'))).body.webhooks.length, 1)
		second.start()
		await receiver.gets(({ event }) => event.session === 'two')
		assert.deepEqual(await documentsIn(dataDir), ['two.json'])
	},
)

test('a session whose webhooks cannot be opened is not created, and can be created later', async (t) => {
	let isBroken = true
	const through = (storage: Storage): Storage => ({
		...storage,
		async document(name, ...rest) {
			if (isBroken && name === 'webhooks/main') throw new Error('the disk is full')
			return storage.document(name, ...rest)
		},
	})
	const gateway = await openGateway(t, { through })
	const create = () => gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	assert.equal((await create()).status, 500)
	assert.equal((await gateway.request('GET', '/api/v1/sessions')).body.total, 0)
	isBroken = false
	assert.equal((await create()).status, 201)
})
