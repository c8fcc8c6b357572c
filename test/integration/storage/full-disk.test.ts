import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Storage } from '../../../gateway/src/storage/driver.ts'
import { filling, layered, slow } from '../../support/storage.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'

const MAIN = '/api/v1/sessions/main'

/** Notes the names of states that are opened before they are closed. */
function watched(storage: Storage, openedTwice: string[]): Storage {
	const open = new Set<string>()
	return {
		...storage,
		async state(name, initial) {
			if (open.has(name)) openedTwice.push(name)
			open.add(name)
			const store = await storage.state(name, initial)
			return { ...store, close: () => store.close().finally(() => open.delete(name)) }
		},
	}
}

test('a session whose disk is full stops with that reason, answers 507, and logs in again by itself once there is space', async (t) => {
	let full = false
	const openedTwice: string[] = []
	const { gateway, sandbox, ada } = await linkedGateway(t, {
		sendTimeout: 1,
		through: (storage) =>
			watched(layered(storage, [slow(() => 10), filling(() => full)]), openedTwice),
	})
	const send = (text: string) =>
		gateway.request('POST', `${MAIN}/messages/text`, { to: ada.account.phone, text })
	assert.equal((await send('before')).status, 200)
	const logins = () =>
		sandbox.whatsapp.log.list(
			({ direction, stanza }) => direction === 'out' && stanza.tag === 'success',
		).length
	const loginsBefore = logins()
	full = true
	const refused = await Promise.all(['one', 'two', 'three'].map(send))
	assert.deepEqual(new Set(refused.map(({ status }) => status)), new Set([507]))
	assert.equal(refused[0]?.body.code, 'storage_failed')
	await gateway.becomes('main', 'closed')
	const { body } = await gateway.request('GET', MAIN)
	assert.equal(body.last_disconnect.reason, 'storage_failed')
	assert.equal((await send('four')).status, 507)
	const readiness = () => gateway.request('GET', '/ready')
	const { status, body: unready } = await readiness()
	assert.deepEqual([status, unready.reason], [503, 'storage_failed'])
	assert.equal((await gateway.request('GET', '/health')).status, 200)
	assert.deepEqual(
		ada.inbox.entries.map(
			({ message }) => message?.conversation ?? message?.extendedTextMessage?.text,
		),
		['before'],
	)

	// An attempt that cannot save its first step.
	await gateway.request('POST', `${MAIN}/connect`)
	await gateway.becomes('main', 'closed')
	assert.equal(logins(), loginsBefore)

	full = false
	await gateway.becomes('main', 'open')
	assert.equal(logins(), loginsBefore + 1)
	assert.equal((await send('after')).status, 200)
	assert.equal((await readiness()).status, 200)
	const { copies } = await ada.receives('after')
	assert.equal(copies, 1)
	assert.deepEqual(openedTwice, [])
})
