import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standardRetrySchedule } from '../../../gateway/src/delivery/queue/retry-schedule.ts'
import { until } from '../../support/wait.ts'
import { testClock } from '../../support/delivery/clock.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, seededGateway } from '../../support/delivery/world.ts'

const HOUR = 60 * 60 * 1000
const CHATS = 100
const EACH = 5
const { parallel } = standardRetrySchedule

test('attempts are spread over three days, then the event is a dead letter, its chat goes on, and it can be replayed', async (t) => {
	const clock = testClock()
	const { gateway, begin } = await seededGateway(t, 2, 2, { delivery: { clock } })
	let isCured = false
	const receiver = await openReceiver(t, ({ event }) =>
		event.seq === begin + 1 && !isCured ? 404 : 204,
	)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await until('the other chat is served', () => receiver.posts.length === 3)
	const times = [0]
	const start = clock.now()
	while (times.length < 16) {
		times.push((await clock.next()) - start)
		await until('it is offered', () => receiver.posts.length >= 3 + times.length - 1)
	}
	await receiver.gets(({ event }) => event.seq === begin + 3)
	const seconds = [0.2, 1, 2, 5, 10, 20, 40].map((seconds) => seconds * 1000)
	const waits = [...seconds, ...[5 / 60, 0.5, 2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR)]
	for (const [n, wait] of waits.entries()) {
		const ratio = (times[n + 1]! - times[n]!) / wait
		assert.ok(ratio >= 0.79 && ratio <= 1.21, `wait ${n} is ${ratio} of what it should be`)
	}
	const poison = receiver.posts.filter(({ event }) => event.seq === begin + 1)
	assert.equal(poison.length, 16)
	assert.equal(new Set(poison.map(({ raw }) => raw)).size, 1)
	const id = poison[0]!.headers['webhook-id']
	assert.equal(new Set(poison.map(({ headers }) => headers['webhook-id'])).size, 1)

	await hook.drained()
	const { deliveries } = await hook.deliveries('dead')
	assert.deepEqual(
		deliveries.map(({ event_id, attempts, why }: any) => [event_id, attempts, why]),
		[[id, 16, 'answered 404']],
	)
	isCured = true
	assert.deepEqual(await hook.replay({ state: 'dead' }), { replayed: 1 })
	await until('it is brought again', () => receiver.posts.length === 20)
	const last = receiver.posts.at(-1)!
	assert.deepEqual([last.headers['webhook-id'], last.raw], [id, poison[0]!.raw])
	await hook.drained()
	assert.equal((await hook.deliveries('dead')).total, 0)
})

test('a target that is down for some minutes gets the waiting events a minute after it is back', async (t) => {
	const clock = testClock()
	const { gateway, begin } = await seededGateway(t, 1, 2, { delivery: { clock } })
	const receiver = await openReceiver(t, () => 404)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await receiver.gets()
	for (let attempt = 2; attempt <= 30; attempt++) {
		assert.ok((await clock.upcoming()) - clock.now() <= 72_000)
		await clock.next()
		await until('it is tried', () => receiver.posts.length === attempt)
	}
	receiver.behaviour = () => 204
	await clock.upcoming()
	await clock.next()
	await hook.drained()
	assert.deepEqual(receiver.texts().slice(-2), ['0', '1'])
	assert.equal((await hook.deliveries('dead')).total, 0)
})

test('events are replayed by id, or all after a given one', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, 4)
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.drained()
	const ids = receiver.ids()
	assert.deepEqual(await hook.replay({ event_ids: [ids[2], ids[0], 'evt_none'] }), { replayed: 2 })
	await until('both are there', () => receiver.posts.length === 6)
	assert.deepEqual(receiver.ids().slice(4), [ids[0], ids[2]])
	await hook.drained()
	await hook.replay({ after: begin + 1 })
	await until('three are there', () => receiver.posts.length === 9)
	assert.deepEqual(receiver.ids().slice(6), ids.slice(1))
})

const inTwoHours = (now: number) => new Date(now + 2 * HOUR).toUTCString()

const retryAfters: [
	header: string | ((now: number) => string),
	wait: [least: number, most: number],
][] = [
	['7200', [2 * HOUR, 2 * HOUR]],
	['30', [30_000, 30_000]],
	[inTwoHours, [2 * HOUR - 1000, 2 * HOUR]],
	['999999999', [24 * HOUR, 24 * HOUR]],
	['Fri, 31 Dec 9999 23:59:59 GMT', [24 * HOUR, 24 * HOUR]],
	// No time to wait: the schedule's own.
	['0', [160, 240]],
	['-5', [160, 240]],
	['Thu, 01 Jan 1970 00:00:00 GMT', [160, 240]],
	['soon', [160, 240]],
	['', [160, 240]],
]

for (const [header, [least, most]] of retryAfters)
	test(`a target that answers Retry-After: ${typeof header === 'string' ? header : 'a date'} gets that time, a day at most`, async (t) => {
		const clock = testClock()
		const { gateway, begin } = await seededGateway(t, 2, 1, { delivery: { clock } })
		const receiver = await openReceiver(t, ({ event }, answer) => {
			if (event.seq !== begin + 1) return 204
			answer.setHeader('retry-after', typeof header === 'string' ? header : header(clock.now()))
			return 429
		})
		const hook = await addHook(gateway, receiver.url, { from: begin })
		await receiver.gets()
		const wait = (await clock.upcoming()) - clock.now()
		assert.ok(wait >= least && wait <= most, `waits ${wait} ms`)
		await until('the other chat is served', async () => (await hook.state()).delivery.pending === 1)
		const { deliveries } = await hook.deliveries()
		assert.deepEqual([deliveries[0].attempts, deliveries[0].why], [1, 'answered 429'])
	})

test('a receiver that fails a third of the attempts gets every event once, those of each chat in order', async (t) => {
	const clock = testClock()
	const { gateway, begin } = await seededGateway(t, 20, 8, { delivery: { clock } })
	const accepted: any[] = []
	let attempts = 0
	const receiver = await openReceiver(t, ({ event }) => {
		if (attempts++ % 3 === 0) return 500
		accepted.push(event)
		return 204
	})
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await clock.skipUntil('nothing waits', async () => (await hook.state()).delivery?.pending === 0)
	assert.equal(accepted.length, 160)
	for (const own of Map.groupBy(accepted, ({ data }) => data.chat.id).values())
		assert.deepEqual(
			own.map(({ data }) => data.text),
			['0', '1', '2', '3', '4', '5', '6', '7'],
		)
	assert.equal((await hook.deliveries('dead')).total, 0)
})

test('a slow receiver gets one request for each attempt, up to the timeout', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, 1, {
		delivery: { schedule: { timeoutMs: 300, waits: [0, 1, 60_000] } },
	})
	const receiver = await openReceiver(t, () => {})
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await until('both attempts have failed', async () => {
		const [first] = (await hook.deliveries()).deliveries
		return first?.attempts === 2
	})
	assert.equal(receiver.posts.length, 2)
	assert.ok(receiver.posts[1]!.at - receiver.posts[0]!.at >= 295)
	assert.equal((await hook.deliveries()).deliveries[0].why, 'no answer in time')
})

for (const [how, status] of [
	['refuses connections', 0],
	['answers 404', 404],
] as const)
	test(`a receiver that ${how} for 48 hours gets everything when it is back, the oldest first`, async (t) => {
		const clock = testClock()
		const { gateway, begin } = await seededGateway(t, CHATS, EACH, { delivery: { clock } })
		const receiver = await openReceiver(t, () => status)
		if (!status) receiver.close()
		const hook = await addHook(gateway, receiver.url, { from: begin })
		await hook.isDown()
		const end = clock.now() + 48 * HOUR
		let [last, longest, probes] = [clock.now(), 0, 0]
		while ((await clock.upcoming()) < end) {
			const now = await clock.next()
			longest = Math.max(longest, now - last)
			last = now
			probes++
		}
		assert.ok(longest <= 60_000, `nobody looked for ${longest} ms`)
		assert.ok(probes < 3000)
		const { deliveries, total } = await hook.deliveries()
		assert.equal(total, CHATS * EACH)
		assert.ok(Math.max(...deliveries.map(({ attempts }: any) => attempts)) <= 1)

		receiver.posts.length = 0
		receiver.behaviour = () => 204
		if (!status) await receiver.open()
		await clock.next()
		await hook.drained()
		assert.ok(clock.now() - end <= 60_000)
		assert.equal(new Set(receiver.ids()).size, CHATS * EACH)
		assert.equal(receiver.posts.length, CHATS * EACH)
		const numbers = receiver.posts.map(({ event }) => event.seq).slice(1)
		const behind = numbers.map((seq, n) => Math.max(...numbers.slice(0, n + 1)) - seq)
		const latest = Math.max(...behind)
		assert.ok(latest <= CHATS + parallel.most, `an event came ${latest} places late`)
		for (let chat = 0; chat < CHATS; chat++) {
			const id = `${491710000000 + chat}`
			const own = receiver.posts.filter(({ event }) => event.data.chat.phone === id)
			assert.deepEqual(
				own.map(({ event }) => event.data.text),
				['0', '1', '2', '3', '4'],
			)
		}
	})

test('one failing chat does not open the circuit breaker, nor is it the only one that is probed', async (t) => {
	const clock = testClock()
	const { gateway, begin } = await seededGateway(t, 12, 1, { delivery: { clock } })
	const receiver = await openReceiver(t, () => 500)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.isDown()
	// The oldest event stays refused; the target is well again.
	receiver.behaviour = ({ event }) => (event.seq === begin + 1 ? 500 : 204)
	for (let probe = 0; probe < 2; probe++) await clock.next()
	await until('the others are there', async () => (await hook.state()).delivery.pending === 1)
	assert.equal((await hook.state()).delivery.down_since, null)
})
