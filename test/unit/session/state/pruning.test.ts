import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dailyCollections } from '../../../../gateway/src/session/state/daily-collections.ts'
import { openEventLog } from '../../../../gateway/src/session/state/event-log.ts'
import { openSignalStore } from '../../../../gateway/src/session/signal/store.ts'
import { memoryState } from '../../../../gateway/src/storage/memory.ts'

const DAY_MS = 24 * 60 * 60 * 1000

test('dated records are found while they are kept, and gone after that', async () => {
	const state = memoryState([])
	let now = Date.parse('2026-11-21T12:00:00Z')
	const records = dailyCollections<string>(state, 'message', 3, () => now)
	await state.commit([records.put('a', 'first')])
	now += 3 * DAY_MS
	await state.commit([records.put('a', 'second')])
	assert.deepEqual(await records.find('a'), ['first', 'second'])
	now += DAY_MS
	await records.prune()
	assert.deepEqual(await records.find('a'), ['second'])
	assert.deepEqual(await state.ids('message/2026-11-21'), [])
})

test('old events are forgotten from the start of the log, and numbers go on', async () => {
	const state = memoryState([])
	const log = await openEventLog(state, 'main')
	const happen = async () => {
		const data = { status: 'open' as const, last_disconnect: null }
		await state.commit(log.record({ type: 'session.status', data }).changes)
	}
	await happen()
	await happen()
	await log.prune(Date.now() + 15 * DAY_MS)
	assert.deepEqual(await log.after(0, 10), [])
	const again = await openEventLog(state, 'main')
	const { event } = again.record({
		type: 'session.status',
		data: { status: 'open', last_disconnect: null },
	})
	assert.equal(event.seq, 3)
})

test('plaintexts are deleted once WhatsApp no longer redelivers them', async () => {
	const state = memoryState([])
	const store = await openSignalStore(state)
	await state.commit(store.keepPlain('hash', '1_1.0', Buffer.from('hello')))
	await state.commit(store.forgetPlainsBefore(Date.now() - DAY_MS))
	assert.equal((await store.plainOf('hash', '1_1.0'))?.toString(), 'hello')
	await state.commit(store.forgetPlainsBefore(Date.now() + 1))
	assert.equal(await store.plainOf('hash', '1_1.0'), undefined)
	assert.deepEqual(await state.ids('received'), [])
})
