import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dailyCollections } from '../../../../gateway/src/session/daily-collections.ts'
import { openEventLog } from '../../../../gateway/src/session/state/event-log.ts'
import { openSignalStore } from '../../../../gateway/src/session/signal/store.ts'
import { newIdentity } from '../../../../gateway/src/session/signal/auth-state.ts'
import { openSessionState } from '../../../../gateway/src/session/state/index.ts'
import type { Change, Storage } from '../../../../gateway/src/storage/driver.ts'
import { memoryState } from '../../../../gateway/src/storage/memory.ts'

const CHAT = '491700000002@s.whatsapp.net'
const DAY_MS = 24 * 60 * 60 * 1000

test('dated records are found while they are kept, and gone after that', async () => {
	const state = memoryState([])
	let now = Date.parse('2026-11-21T12:00:00Z')
	const records = await dailyCollections<string>(state, 'message', 3, { now: () => now })
	await state.commit([records.put('a', 'first')])
	now += 3 * DAY_MS
	await state.commit([records.put('a', 'second')])
	assert.deepEqual(await records.find('a'), ['first', 'second'])
	now += DAY_MS
	await records.prune()
	assert.deepEqual(await records.find('a'), ['second'])
	assert.deepEqual(await state.ids('message/2026-11-21'), [])
})

for (const { keepDays, kept } of [
	{ keepDays: undefined, kept: [1, 8] },
	{ keepDays: 20, kept: [1, 8, 20] },
	{ keepDays: 100, kept: [1, 8, 20, 100] },
])
	test(`messages are kept for ${keepDays ?? 'the usual'} days, with their place in the chat`, async () => {
		const ages = [1, 8, 20, 100]
		const dayBefore = (age: number) =>
			new Date(Date.now() - age * DAY_MS).toISOString().slice(0, 10)
		const records = ages.flatMap((age, number): Change[] => {
			const message_id = `M${age}`
			const at = Math.floor(Date.now() / 1000) - age * 86_400
			const base = { message_id, type: 'text', from_me: true }
			return [
				{
					collection: `message/${dayBefore(age)}`,
					id: message_id,
					value: { ...base, to: CHAT, content: '', at },
				},
				{
					collection: `chat-message/${dayBefore(age)}`,
					id: `${CHAT} ${-1 - number}`,
					value: { ...base, number: -1 - number, at },
				},
			]
		})
		const chat = { at: '', unread: 0, first: -ages.length, next: 0 }
		const own: Change = { collection: 'chat', id: CHAT, value: chat }
		const initial = () => [...newIdentity(), ...records, own]
		const store = memoryState(initial())
		const storage = { state: async () => store } as unknown as Storage
		const state = await openSessionState(storage, 'main', { keepDays, initial })
		await state.prune()
		const found = await Promise.all(ages.map((age) => state.messages.get(`M${age}`)))
		assert.deepEqual(
			ages.filter((_, index) => found[index]),
			kept,
		)
		const { entries } = await state.messages.chats.page(CHAT, { limit: 10 })
		assert.deepEqual(
			entries.map(({ message_id }) => message_id),
			kept.map((age) => `M${age}`),
		)
	})

test('at most so many dated records are kept, to the part, also when they were written in several runs', async () => {
	const state = memoryState([])
	const open = () =>
		dailyCollections<number>(state, 'message', 8, { keepRecords: 100, partRecords: 10 })
	let records = await open()
	for (let n = 0; n < 250; n++) {
		if (n % 25 === 0) records = await open()
		await state.commit([records.put(`n${n}`, n)])
	}
	await records.prune()
	const kept = async () => {
		const found = await Promise.all(Array.from({ length: 250 }, (_, n) => records.find(`n${n}`)))
		return found.flat()
	}
	const last = Array.from({ length: 100 }, (_, n) => 150 + n)
	assert.deepEqual(await kept(), last)
	records = await open()
	assert.deepEqual(await kept(), last)
	const sizes = [...(await state.collections('message/')).values()]
	assert.deepEqual(
		sizes,
		Array.from({ length: 10 }, () => 10),
	)
})

test('old events are forgotten from the start of the log, and numbers go on', async () => {
	const state = memoryState([])
	const log = await openEventLog(state, 'main')
	const happen = async () => {
		const data = { status: 'open' as const, me: null, last_disconnect: null }
		await state.commit(log.record({ type: 'session.status', data }).changes)
	}
	await happen()
	await happen()
	await log.prune(Date.now() + 16 * DAY_MS)
	assert.deepEqual(await log.after(0, 10), [])
	const again = await openEventLog(state, 'main')
	const { event } = again.record({
		type: 'session.status',
		data: { status: 'open', me: null, last_disconnect: null },
	})
	assert.equal(event.seq, 3)
})

test('plaintexts are deleted once WhatsApp no longer redelivers them', async (t) => {
	t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-01T12:00:00Z') })
	const state = memoryState([])
	const store = await openSignalStore(state)
	await state.commit(store.keepPlain('hash', '1_1.0', Buffer.from('hello')))
	t.mock.timers.tick(14 * DAY_MS)
	await store.prune()
	assert.equal((await store.plainOf('hash', '1_1.0'))?.toString(), 'hello')
	t.mock.timers.tick(DAY_MS)
	await store.prune()
	assert.equal(await store.plainOf('hash', '1_1.0'), undefined)
	assert.deepEqual(await state.ids('received/2026-11-01'), [])
})

test('at most 100,000 events are kept, and none of those that a webhook has yet to get is deleted', async () => {
	const state = memoryState([])
	const log = await openEventLog(state, 'main')
	const data = { status: 'open' as const, me: null, last_disconnect: null }
	for (let n = 0; n < 103_500; n++)
		await state.commit(log.record({ type: 'session.status', data }).changes)
	const firstNumber = async () => (await log.after(0, 1))[0]?.seq
	await log.prune(Date.now(), 1_500)
	assert.equal(await firstNumber(), 1_001)
	await log.prune()
	assert.equal(await firstNumber(), 3_001)
	const again = await openEventLog(state, 'main')
	const page = await again.after(3_990, 20)
	assert.deepEqual([page[0]?.seq, page.at(-1)?.seq, page.length], [3_991, 4_010, 20])
})

test('a log that left out numbers is read over the gap, and its events are counted without it', async () => {
	const state = memoryState([])
	const data = { status: 'open' as const, me: null, last_disconnect: null }
	const happen = async (log: Awaited<ReturnType<typeof openEventLog>>, count: number) => {
		for (let n = 0; n < count; n++)
			await state.commit(log.record({ type: 'session.status', data }).changes)
	}
	const log = await openEventLog(state, 'main')
	await happen(log, 1_500)
	const leap = log.leap()
	await state.commit([...leap, ...log.record({ type: 'session.status', data }).changes])
	await happen(log, 4)
	const first = 1_001_501
	for (const each of [log, await openEventLog(state, 'main')]) {
		assert.equal(each.last(), first + 4)
		const numbers = async (after: number, limit: number, end?: number) =>
			(await each.after(after, limit, end)).map(({ seq }) => seq)
		assert.deepEqual(await numbers(1_498, 4), [1_499, 1_500, first, first + 1])
		assert.deepEqual(await numbers(1_500, 2), [first, first + 1])
		assert.deepEqual(await numbers(500_000, 2), [first, first + 1])
		assert.deepEqual(await numbers(1_499, 4, 900_000), [1_500])
		assert.equal((await each.after(0, 10_000)).length, 1_505)
		await each.prune()
		assert.equal(each.first(), 1)
		const yesterday = await each.before(Date.now() + DAY_MS)
		assert.equal(yesterday, first + 4)
	}
	const old = await openEventLog(state, 'main')
	await old.prune(Date.now() + 16 * DAY_MS)
	assert.deepEqual(await state.ids('event-gap'), [])
})

const clocks: Record<string, number[]> = {
	'an hour back': [-DAY_MS / 24],
	'a day back': [-DAY_MS],
	'a day ahead': [DAY_MS],
	'a day ahead and back again': [DAY_MS, 0],
	'to 1970': [-20_000 * DAY_MS],
	'years ahead and back again': [3_650 * DAY_MS, 0],
}

for (const [how, offsets] of Object.entries(clocks))
	test(`a record is found though the clock was set ${how}, and its latest version is the last`, async () => {
		const state = memoryState([])
		let offset = 0
		const right = Date.parse('2026-11-21T12:00:00Z')
		const open = () => dailyCollections<number>(state, 'message', 8, { now: () => right + offset })
		await state.commit([(await open()).put('before', 0)])
		for (const [n, wrong] of offsets.entries()) {
			offset = wrong
			const records = await open()
			assert.deepEqual(await records.find('before'), [0])
			await state.commit([records.put(`then ${n}`, n)])
		}
		offset = 0
		const records = await open()
		for (const n of offsets.keys()) assert.deepEqual(await records.find(`then ${n}`), [n])
		await state.commit([records.put('before', 1)])
		assert.equal((await records.find('before')).at(-1), 1)
	})
