import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { NewEvent } from '../../../gateway/src/events/index.ts'
import { sessionStatusChanged } from '../../../gateway/src/events/types/session-status.ts'
import { testClock } from '../../support/delivery/clock.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { seed } from '../../support/delivery/seed.ts'
import { addHook, seededGateway } from '../../support/delivery/world.ts'

const EVENTS = '/api/v1/sessions/main/events'
const SEEDED = 12

/** A gateway whose log has an event of the session, and then these messages. */
async function openWorld(t: TestContext, chats: number, each: number) {
	const { gateway } = await seededGateway(t, 0, 0)
	const journal = await gateway.sessions.get('main').journal()
	const { type, example } = sessionStatusChanged
	await journal.commit(journal.events.record({ type, data: example } as NewEvent).changes)
	const begin = journal.events.last()
	await seed(journal, chats, each)
	return { gateway, begin }
}

// The numbers in the queries and in what is expected count from the first message.
const lists: [query: string, seqs: number[], searched: [number, number] | null][] = [
	['after={0}&limit=3', [1, 2, 3], [1, 3]],
	['after={10}', [11, 12], [11, 12]],
	['after={12}', [], null],
	['after={99}', [], null],
	['last=3', [10, 11, 12], [10, 12]],
	['last=1', [12], [12, 12]],
	['before={5}&limit=2', [3, 4], [3, 4]],
	['before={5}&last=2', [3, 4], [3, 4]],
	['before={99}&limit=2', [11, 12], [11, 12]],
	['after={2}&before={6}', [3, 4, 5], [3, 5]],
	['after={2}&before={6}&limit=2', [3, 4], [3, 4]],
	['after={2}&before={6}&last=2', [4, 5], [4, 5]],
	['after={5}&before={6}', [], null],
	['after={7}&before={3}', [], null],
	['after={8}&last=100', [9, 10, 11, 12], [9, 12]],
	['after={0}&types=message.received&limit=2', [1, 2], [1, 2]],
	['after={0}&types=message.*,call.received&last=2', [11, 12], [11, 12]],
	['after={0}&types=call.*', [], [1, 12]],
	['after={0}&types=call.*&last=5', [], [1, 12]],
]

const refused: [query: string, field: string][] = [
	['last=0', 'last'],
	['last=1001', 'last'],
	['limit=0', 'limit'],
	['last=5&limit=5', 'limit'],
	['after=-1', 'after'],
	['before=x', 'before'],
	['types=message.gone', 'types.0'],
	['types=', 'types.0'],
]

test('the event log is listed from either end, by type, and event by event', async (t) => {
	const { gateway, begin } = await openWorld(t, 3, SEEDED / 3)
	const list = async (query: string) => (await gateway.request('GET', `${EVENTS}?${query}`)).body

	for (const [query, expected, searched] of lists)
		await t.test(`${query} lists ${expected.join(', ') || 'nothing'}`, async () => {
			const answer = await list(query.replaceAll(/\{(\d+)\}/g, (_, n) => String(begin + Number(n))))
			assert.deepEqual(
				answer.events.map(({ seq }: { seq: number }) => seq - begin),
				expected,
			)
			const edges = searched && { first: begin + searched[0], last: begin + searched[1] }
			assert.deepEqual(answer.searched, edges)
		})

	await t.test('events of some types are found among others', async () => {
		const { events } = await list('types=session.*')
		assert.ok(events.length > 0)
		for (const { seq, type } of events) assert.ok(seq <= begin && type.startsWith('session.'))
		assert.deepEqual((await list('types=session.*&last=1')).events, events.slice(-1))
	})

	for (const [query, field] of refused)
		await t.test(`${query} is refused`, async () => {
			const { status, body } = await gateway.request('GET', `${EVENTS}?${query}`)
			assert.deepEqual([status, body.code, body.field], [400, 'invalid_request', field])
		})

	await t.test('one event is shown as it is in the list', async () => {
		const [event] = (await list('last=1')).events
		assert.deepEqual((await gateway.request('GET', `${EVENTS}/${event.seq}`)).body, event)
	})

	for (const seq of [0, 99, 10 ** 15])
		await t.test(`event ${seq} is not found`, async () => {
			const { status, body } = await gateway.request('GET', `${EVENTS}/${seq}`)
			assert.deepEqual([status, body.code], [404, 'event_not_found'])
			assert.match(body.detail, new RegExp(`events 1 to ${begin + SEEDED}`))
		})

	for (const seq of ['-1', '1.5', 'newest'])
		await t.test(`${seq} is no number of an event`, async () => {
			const { status, body } = await gateway.request('GET', `${EVENTS}/${seq}`)
			assert.deepEqual([status, body.field], [400, 'seq'])
		})
})

test('a search that finds little says where to go on', async (t) => {
	const { gateway, begin } = await openWorld(t, 1, 10_500)
	const list = async (query: string) =>
		(await gateway.request('GET', `${EVENTS}?types=session.*&${query}`)).body
	const first = await list('last=100')
	assert.deepEqual(first.events, [])
	assert.deepEqual(first.searched, { first: begin + 501, last: begin + 10_500 })
	const second = await list(`before=${first.searched.first}`)
	assert.equal(second.events.length, begin)
	assert.equal((await list(`before=${second.searched.first}`)).searched, null)
})

test('an event that is in the log no more is shown for as long as its dead letter is kept', async (t) => {
	const clock = testClock()
	const schedule = { waits: [0] }
	const { gateway, begin } = await seededGateway(t, 2, 1, { delivery: { clock, schedule } })
	const receiver = await openReceiver(t, ({ event }) => (event.seq === begin + 1 ? 404 : 204))
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.drained()
	const path = `${EVENTS}/${(await hook.deliveries('dead')).deliveries[0].seq}`
	const { body } = await gateway.request('GET', path)
	const journal = await gateway.sessions.get('main').journal()
	await seed(journal, 1, 1_001)
	await journal.events.prune(Date.now() + 20 * 24 * 60 * 60 * 1000)
	assert.deepEqual((await gateway.request('GET', path)).body, body)
	assert.equal((await gateway.request('GET', `${EVENTS}/${begin + 2}`)).status, 404)
})
