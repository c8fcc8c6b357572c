import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testClock } from '../../support/delivery/clock.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, hookOf, seededGateway } from '../../support/delivery/world.ts'
import { openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

const HOUR = 60 * 60 * 1000
const EVENTS = '/api/v1/sessions/main/events'
const iso = (time: number) => new Date(time).toISOString()

test('a webhook shows its last attempt, its last delivery, and what became of the attempts of a day', async (t) => {
	const clock = testClock()
	const schedule = { waits: [0, 1000] }
	const { gateway, begin } = await seededGateway(t, 1, 1, { delivery: { clock, schedule } })
	const receiver = await openReceiver(t, () => 500)
	const start = clock.now()
	const hook = await addHook(gateway, receiver.url, { from: begin, disabled: true })
	const unused = await hook.state()
	assert.deepEqual([unused.last_attempt, unused.last_delivered_at], [null, null])
	assert.deepEqual(unused.last_24_hours, { delivered: 0, failed: 0, since: iso(start) })

	await hook.change({ disabled: false })
	await until('the first attempt has failed', async () => (await hook.state()).last_attempt)
	const failed = await hook.state()
	assert.deepEqual(failed.last_attempt, { at: iso(start), status: 500, why: 'answered 500' })
	assert.equal(failed.last_delivered_at, null)

	receiver.behaviour = () => 204
	const delivered = await clock.next()
	await hook.drained()
	const taken = await hook.state()
	assert.deepEqual(taken.last_attempt, { at: iso(delivered), status: 204, why: null })
	assert.equal(taken.last_delivered_at, iso(delivered))
	assert.deepEqual(taken.last_24_hours, { delivered: 1, failed: 1, since: iso(start) })

	clock.advance(25 * HOUR)
	const { last_24_hours: later, last_delivered_at } = await hook.state()
	assert.deepEqual([later.delivered, later.failed, last_delivered_at], [0, 0, iso(delivered)])
	assert.ok(Date.parse(later.since) > clock.now() - 24 * HOUR)

	await gateway.request('POST', `${hook.path}/test`)
	assert.deepEqual((await hook.state()).last_attempt, taken.last_attempt, 'a test is no delivery')
})

test('an attempt without an answer has no status', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, 1)
	const receiver = await openReceiver(t)
	receiver.close()
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.isDown()
	const { status, why } = (await hook.state()).last_attempt
	assert.deepEqual([status, why], [null, 'ECONNREFUSED'])
})

test('the last attempt and delivery outlive a restart, also of a webhook that is disabled; the counts begin again', async (t) => {
	const { gateway, begin } = await seededGateway(t, 2, 1)
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	const gone = await openReceiver(t, () => 410)
	const ended = await addHook(gateway, gone.url, { from: begin })
	await hook.drained()
	await until('it is disabled', async () => (await ended.state()).disabled_at)
	const before = [await hook.state(), await ended.state()]
	assert.equal(before[1].last_attempt.status, 410)
	await gateway.stop()

	const again = await openGateway(t, { dataDir: gateway.dataDir })
	again.start()
	for (const [n, { id }] of [hook, ended].entries()) {
		const { state } = hookOf(again, id)
		await until('its history is known', async () => (await state()).last_attempt)
		const after = await state()
		assert.deepEqual(after.last_attempt, before[n].last_attempt)
		assert.equal(after.last_delivered_at, before[n].last_delivered_at)
		assert.deepEqual([after.last_24_hours.delivered, after.last_24_hours.failed], [0, 0])
	}
})

test('a webhook that is pointed elsewhere keeps its history', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, 1)
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.drained()
	const { last_attempt: attempt } = await hook.state()
	await hook.change({ url: `${receiver.url}/elsewhere` })
	assert.deepEqual((await hook.state()).last_attempt, attempt)
})

/** A webhook with three dead letters, in three chats, whose target accepts everything from now on. */
async function withDeadLetters(t: Parameters<typeof seededGateway>[0]) {
	const { gateway, begin } = await seededGateway(t, 3, 1, {
		delivery: { schedule: { waits: [0] } },
	})
	const receiver = await openReceiver(t, () => 422)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.drained()
	receiver.behaviour = () => 204
	const dead = async () =>
		(await hook.deliveries('dead')).deliveries.map(({ event_id }: any) => event_id)
	const discard = async (body: object) =>
		(await gateway.request('DELETE', `${hook.path}/deliveries`, body)).body
	return { gateway, begin, receiver, hook, dead, discard, ids: (await dead()) as string[] }
}

test('dead letters are deleted by their ids; the others can be replayed', async (t) => {
	const { gateway, begin, receiver, hook, dead, discard, ids } = await withDeadLetters(t)
	assert.equal(ids.length, 3)
	assert.deepEqual(await discard({ event_ids: [ids[1], 'evt_none'] }), { deleted: 1 })
	assert.deepEqual(await dead(), [ids[0], ids[2]])
	assert.equal((await hook.state()).delivery.dead, 2)
	assert.deepEqual(await discard({ event_ids: [ids[1]] }), { deleted: 0 })
	const attempts = receiver.posts.length
	assert.deepEqual(await hook.replay({ state: 'dead' }), { replayed: 2 })
	await until('both are there', () => receiver.posts.length === attempts + 2)
	assert.deepEqual(receiver.ids().slice(attempts).sort(), [ids[0], ids[2]].sort())
	const { events } = (await gateway.request('GET', `${EVENTS}?after=${begin}`)).body
	assert.deepEqual(events.map(({ id }: any) => id).sort(), ids.sort(), 'the log has all of them')
})

test('all dead letters are deleted at once, also of a disabled webhook, and stay so after a restart', async (t) => {
	const { gateway, hook, dead, discard, ids } = await withDeadLetters(t)
	assert.deepEqual(await discard({ event_ids: [ids[0]] }), { deleted: 1 })
	await hook.change({ disabled: true })
	assert.deepEqual(await discard({ state: 'dead' }), { deleted: 2 })
	assert.deepEqual(await dead(), [])
	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir })
	again.start()
	const after = hookOf(again, hook.id)
	await after.change({ disabled: false })
	await until('it is open', async () => (await after.state()).delivery)
	assert.equal((await after.state()).delivery.dead, 0)
	assert.deepEqual((await after.deliveries('dead')).deliveries, [])
})

for (const body of [{}, { state: 'pending' }, { event_ids: [] }, { after: 1 }, undefined])
	test(`to delete ${JSON.stringify(body) ?? 'nothing'} is refused`, async (t) => {
		const { gateway, begin } = await seededGateway(t, 0, 0)
		const hook = await addHook(gateway, 'http://127.0.0.1:9/', { from: begin })
		const answer = await gateway.request('DELETE', `${hook.path}/deliveries`, body)
		assert.equal(answer.status, 400, answer.text)
	})
