import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { addHook, HOOKS } from '../../support/delivery/world.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { openGateway, temporaryDirectory, type TestGateway } from '../../support/gateway/gateway.ts'
import type { Document, Storage } from '../../../gateway/src/storage/driver.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'

/** Storage that runs each change of a document twice: the first draft meets another change and is lost. */
const conflicting = (storage: Storage): Storage => ({
	...storage,
	async document(name, initial, shape) {
		const document = await storage.document(name, initial, shape)
		return withUpdate(document, (change) =>
			document.update((draft) => {
				change(structuredClone(draft))
				return change(draft)
			}),
		)
	},
})

/** Storage in which another gateway changes a document just before the first change of this one. */
const overtaken = (other: string, written: (draft: any) => void) => (storage: Storage) => ({
	...storage,
	async document<T>(name: string, ...rest: [() => T, any]) {
		const document = await storage.document<T>(name, ...rest)
		let isFirst = name === other
		return withUpdate(document, (change) =>
			document.update((draft) => {
				if (isFirst) written(draft)
				isFirst = false
				return change(draft)
			}),
		)
	},
})

function withUpdate<T>(document: Document<T>, update: Document<T>['update']): Document<T> {
	return {
		get data() {
			return document.data
		},
		update,
		watch: document.watch,
	}
}

const get = async (gateway: TestGateway, path: string) => (await gateway.request('GET', path)).body
const post = async (gateway: TestGateway, path: string, body?: object) =>
	(await gateway.request('POST', path, body)).body

test('a change of a document that is made twice has the effect of one', async (t) => {
	const gateway = await openGateway(t, { through: conflicting })
	const receiver = await openReceiver(t)
	await post(gateway, '/api/v1/sessions', { id: 'main', name: 'Main' })
	await post(gateway, '/api/v1/sessions', { id: 'other' })
	assert.equal((await get(gateway, '/api/v1/sessions')).total, 2)

	const hook = await addHook(gateway, receiver.url)
	const { secret } = await post(gateway, `${hook.path}/rotate`)
	await post(gateway, `${hook.path}/test`)
	const [signature] = String(receiver.posts[0]!.headers['webhook-signature']).split(' ')
	assert.ok(signature)
	assert.notEqual(secret, hook.secret)
	assert.equal((await hook.change({ raw: true })).body.raw, true)
	assert.equal((await get(gateway, HOOKS)).webhooks.length, 1)
	assert.equal((await gateway.request('DELETE', hook.path)).status, 204)
	assert.equal((await get(gateway, HOOKS)).webhooks.length, 0)

	const { id } = await post(gateway, '/api/v1/keys', { name: 'a', role: 'admin' })
	const { key } = await post(gateway, `/api/v1/keys/${id}/rotate`)
	const headers = { 'x-api-key': key }
	assert.equal((await gateway.request('GET', '/api/v1/keys', undefined, headers)).status, 200)
	assert.equal((await get(gateway, '/api/v1/keys')).keys.length, 1)
	assert.equal((await gateway.request('DELETE', `/api/v1/keys/${id}`)).status, 204)
	assert.equal((await gateway.request('DELETE', '/api/v1/sessions/other')).status, 204)
	assert.equal((await get(gateway, '/api/v1/sessions')).total, 1)
})

test('two gateways that start for the first time at once make one admin key', async (t) => {
	const admin = {
		id: 'key_of_the_other',
		name: 'first admin key',
		role: 'admin',
		sessions: null,
		workspace: null,
		hash: '0'.repeat(64),
		created_at: new Date().toISOString(),
		last_used: null,
	}
	const through = overtaken('keys', (keys) => keys.push(admin))
	const gateway = await openGateway(t, { through, adminKey: null })
	assert.equal(await gateway.firstKey(), undefined)
})

test('two gateways that start for the first time at once sign links with one secret', async (t) => {
	const dataDir = await temporaryDirectory(t)
	const secret = Buffer.alloc(32, 1).toString('base64')
	const through = overtaken('media-links', (links) => (links.secret = secret))
	const gateway = await openGateway(t, { dataDir, through })
	await gateway.stop()
	const storage = await jsonStorage(dataDir, { onLost: assert.fail })
	const { data } = await storage.document('media-links', () => ({}), z.any())
	await storage.close()
	assert.deepEqual(data, { secret })
})
