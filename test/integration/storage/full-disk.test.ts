import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Storage } from '../../../gateway/src/storage/driver.ts'
import { layered, slow, type Layer } from '../../support/storage.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'

const MAIN = '/api/v1/sessions/main'

/** A disk that is full while `full()` says so. */
const filling =
	(full: () => boolean): Layer =>
	(store) => ({
		...store,
		commit: (changes) =>
			full() ? Promise.reject(new Error('no space left on device')) : store.commit(changes),
	})

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

test('a session whose disk is full stops with that reason, and resumes when there is space again', async (t) => {
	let full = false
	const openedTwice: string[] = []
	const { gateway, ada } = await linkedGateway(t, {
		sendTimeout: 1,
		through: (storage) =>
			watched(layered(storage, [slow(() => 10), filling(() => full)]), openedTwice),
	})
	const send = (text: string) =>
		gateway.request('POST', `${MAIN}/messages/text`, { to: ada.account.phone, text })
	assert.equal((await send('before')).status, 200)
	full = true
	await Promise.all(['one', 'two', 'three'].map(send))
	await gateway.becomes('main', 'closed')
	const { body } = await gateway.request('GET', MAIN)
	assert.equal(body.last_disconnect.reason, 'storage_failed')
	assert.deepEqual(
		ada.inbox.entries.map(
			({ message }) => message?.conversation ?? message?.extendedTextMessage?.text,
		),
		['before'],
	)

	full = false
	await gateway.request('POST', `${MAIN}/connect`)
	await gateway.becomes('main', 'open')
	assert.equal((await send('after')).status, 200)
	const { copies } = await ada.receives('after')
	assert.equal(copies, 1)
	assert.deepEqual(openedTwice, [])
})
