import assert from 'node:assert/strict'
import { test } from 'node:test'
import { HOUR_MS, SECOND_MS } from '../../../gateway/src/lib/units.ts'
import { testClock } from '../../support/delivery/clock.ts'
import { linkedGateway, openGateway, type TestGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, HOOKS, seededGateway } from '../../support/delivery/world.ts'

const after = (clock: { now(): number }, ms: number) => new Date(clock.now() + ms).toISOString()

const isGone = (gateway: TestGateway, id: string) =>
	until('it is gone', async () => {
		const { body } = await gateway.request('GET', HOOKS)
		return !body.webhooks.some((hook: { id: string }) => hook.id === id)
	})

test('a one-time webhook is deleted when one event was accepted, however many attempts that took', async (t) => {
	const schedule = { waits: [0, 1, 1, 1] }
	const { gateway, ada, owner } = await linkedGateway(t, { delivery: { schedule } })
	let tries = 0
	const receiver = await openReceiver(t, () => (++tries < 3 ? 409 : 200))
	const witness = await openReceiver(t)
	await addHook(gateway, witness.url)
	const hook = await addHook(gateway, receiver.url, { once: true })
	for (const text of ['one', 'two', 'three']) await ada.says(text, { to: owner })
	await isGone(gateway, hook.id)
	await witness.gets(({ event }) => event.data.text === 'three')
	assert.deepEqual(receiver.texts(), ['one', 'one', 'one'])
})

test('the answers filter matches messages of the asked people in the chat that quote the question or nothing', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const bob = sandbox.phone('491700000003', { name: 'Bob' })
	const asks = async (to: string, text: string): Promise<string> => {
		const path = '/api/v1/sessions/main/messages/text'
		const { body } = await gateway.request('POST', path, { to, text })
		await until('it arrives', () => ada.inbox.entries.some(({ id }) => id === body.message_id))
		return body.message_id
	}
	const group = owner.createsGroup('Ours', [ada, bob])
	const [question, other] = [await asks(group, 'Red or blue?'), await asks(group, 'Hm?')]
	const receiver = await openReceiver(t)
	await addHook(gateway, receiver.url, {
		events: ['message.received', 'message.reaction'],
		filter: { answers_to: question, chats: [group], senders: ['+49 170 0000002'] },
	})
	await ada.says('elsewhere', { to: owner })
	await bob.says('not asked', { to: group })
	await ada.says('to something else', { to: group, replyTo: other })
	await ada.reacts(other, '👍')
	await ada.reacts(question, '🎉')
	await ada.says('quoting', { to: group, replyTo: question })
	await ada.says('plain', { to: group })
	await receiver.gets(({ event }) => event.data.text === 'plain')
	assert.deepEqual(
		receiver.posts.map(({ event: { data } }) => data.emoji ?? data.text),
		['🎉', 'quoting', 'plain'],
	)
})

test('events between the creation of a disabled webhook and its enabling are delivered to it', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const [receiver, witness] = [await openReceiver(t), await openReceiver(t)]
	await addHook(gateway, witness.url)
	const hook = await addHook(gateway, receiver.url, { disabled: true })
	await ada.says('meanwhile', { to: owner })
	await witness.gets()
	await hook.change({ disabled: false, filter: { answers_to: 'QUESTION' } })
	await receiver.gets()
	assert.deepEqual(receiver.texts(), ['meanwhile'])
})

test('a webhook whose time is over gets webhook.expired and is deleted', async (t) => {
	const clock = testClock()
	const { gateway } = await seededGateway(t, 1, 0, { delivery: { clock } })
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { until: after(clock, HOUR_MS) })
	await clock.upcoming()
	clock.advance(HOUR_MS - 1)
	await hook.drained()
	assert.equal(receiver.posts.length, 0)
	clock.advance(1)
	await isGone(gateway, hook.id)
	const [last] = receiver.posts
	assert.equal(last?.event.type, 'webhook.expired')
	assert.deepEqual(last?.event.data, { webhook: hook.id })
	assert.equal(receiver.posts.length, 1)
})

test('a webhook that expires while the gateway is stopped gets webhook.expired after its start', async (t) => {
	const { gateway } = await seededGateway(t, 1, 0)
	const receiver = await openReceiver(t)
	const { id } = await addHook(gateway, receiver.url, {
		until: after({ now: Date.now }, HOUR_MS),
	})
	await gateway.stop()
	const clock = testClock(Date.now() + HOUR_MS)
	const again = await openGateway(t, { dataDir: gateway.dataDir, delivery: { clock } })
	again.start()
	await clock.next()
	await isGone(again, id)
	assert.equal(receiver.posts[0]?.event.type, 'webhook.expired')
})

test('events before the end of a webhook are delivered before webhook.expired', async (t) => {
	const clock = testClock()
	// Jittered by a fifth: between the end of the webhook and a minute later, when it is deleted in any case.
	const retry = 60 * SECOND_MS
	const schedule = { waits: [0, retry, retry] }
	const { gateway, ada, owner } = await linkedGateway(t, { delivery: { schedule, clock } })
	let tries = 0
	const receiver = await openReceiver(t, () => (++tries === 1 ? 409 : 200))
	const end = clock.now() + 30 * SECOND_MS
	const hook = await addHook(gateway, receiver.url, {
		once: true,
		until: after(clock, 30 * SECOND_MS),
	})
	await ada.says('just in time', { to: owner })
	await until('it was attempted', async () => (await hook.deliveries()).deliveries[0]?.attempts)
	clock.advance(end - clock.now())
	await until('its expiry waits for the event', async () => {
		const next = await clock.upcoming()
		return next > end && next < end + 10 * SECOND_MS
	})
	assert.deepEqual(receiver.texts(), ['just in time'])
	clock.advance(1.2 * retry - 30 * SECOND_MS)
	await isGone(gateway, hook.id)
	assert.deepEqual(receiver.texts(), ['just in time', 'just in time'])
})

test('a webhook that resumes can limit how many missed events it gets', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const [receiver, witness] = [await openReceiver(t), await openReceiver(t)]
	await addHook(gateway, witness.url)
	const says = async (text: string) => {
		await ada.says(text, { to: owner })
		await witness.gets(({ event }) => event.data.text === text)
	}
	const comeBack = (limit: object) =>
		addHook(gateway, receiver.url, { resume: 'r', catch_up: limit })
	const first = await addHook(gateway, receiver.url, { resume: 'r' })
	await gateway.request('DELETE', first.path)
	for (const text of ['1', '2', '3', '4', '5']) await says(text)
	const few = await comeBack({ events: 2, hours: 1 })
	await few.drained()
	assert.deepEqual(receiver.texts(), ['4', '5'])
	await gateway.request('DELETE', few.path)
	await says('6')
	await comeBack({ hours: 0.000_000_1 })
	await says('7')
	await receiver.gets(({ event }) => event.data.text === '7')
	assert.deepEqual(receiver.texts(), ['4', '5', '7'])
})
