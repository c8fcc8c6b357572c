import assert from 'node:assert/strict'
import { mock, test } from 'node:test'
import { testClock } from '../../support/delivery/clock.ts'
import { atEnd, linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { openReceiver, type Post } from '../../support/delivery/receiver.ts'
import { addHook, hookOf } from '../../support/delivery/world.ts'

/** In seconds; the clock of these tests skips it. */
const MINUTE = 60

const textsIn = ({ event }: Post) => event.data.messages.map(({ text }: any) => text)

test('a burst of messages of one person is one event, and messages of others are separate', async (t) => {
	const clock = testClock()
	const { gateway, sandbox, ada, owner } = await linkedGateway(t, { delivery: { clock } })
	const bob = sandbox.phone('491700000003', { name: 'Bob' })
	const [receiver, single] = [await openReceiver(t), await openReceiver(t)]
	await addHook(gateway, single.url)
	const hook = await addHook(gateway, receiver.url, { merge: { quiet: MINUTE } })
	for (const text of ['hi', 'are you there?', 'I have a question'])
		await ada.says(text, { to: owner })
	await bob.says('hello', { to: owner })
	await hook.waits(4)
	assert.equal(receiver.posts.length, 0)
	await clock.skipUntil('both bursts are delivered', () => receiver.posts.length === 2)
	await hook.drained()
	assert.equal(receiver.posts.length, 2)
	const burst = receiver.posts.find(({ event }) => event.data.sender.name === 'Ada')!
	assert.equal(burst.event.data.text, 'hi\nare you there?\nI have a question')
	const singly = single.posts.filter(({ event }) => event.data.sender.name === 'Ada')
	assert.deepEqual(
		burst.event.data.messages.map(({ event_id }: any) => event_id),
		singly.map(({ event }) => event.id),
	)
	assert.equal(burst.headers['webhook-id'], singly.at(-1)!.event.id)
})

test('a burst that does not end is delivered after the longest wait', async (t) => {
	mock.timers.enable({ apis: ['Date'], now: Date.now() })
	atEnd(t, () => mock.timers.reset())
	const clock = testClock()
	const { gateway, ada, owner } = await linkedGateway(t, { delivery: { clock } })
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { merge: { quiet: 40, longest: 80 } })
	const pass = (seconds: number) => {
		mock.timers.tick(seconds * 1000)
		clock.advance(seconds * 1000)
	}
	for (const [n, text] of ['0', '30', '60'].entries()) {
		await ada.says(text, { to: owner })
		await hook.waits(n + 1)
		pass(30)
	}
	await receiver.gets()
	await hook.drained()
	await ada.says('90', { to: owner })
	await hook.waits(1)
	pass(40)
	await hook.drained()
	assert.deepEqual(receiver.posts.map(textsIn), [['0', '30', '60'], ['90']])
})

test('a burst survives a restart in the middle', async (t) => {
	const delivery = { clock: testClock() }
	const { gateway, sandbox, ada, owner } = await linkedGateway(t, { delivery })
	const [receiver, witness] = [await openReceiver(t), await openReceiver(t)]
	await addHook(gateway, witness.url)
	const { id } = await addHook(gateway, receiver.url, { merge: { quiet: MINUTE } })
	for (const text of ['one', 'two']) await ada.says(text, { to: owner })
	await witness.gets(({ event }) => event.data.text === 'two')
	await gateway.stop()
	assert.equal(receiver.posts.length, 0)
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox, delivery })
	again.start()
	const hook = hookOf(again, id)
	await hook.waits(2)
	await delivery.clock.skipUntil('it is delivered', () => receiver.posts.length > 0)
	await hook.drained()
	assert.deepEqual(receiver.posts.map(textsIn), [['one', 'two']])
})

test('a reaction is not delivered before the burst of messages that precedes it', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await addHook(gateway, receiver.url, { events: ['message.*'], merge: { quiet: 20 } })
	const message = await ada.says('look', { to: owner })
	await ada.says('at this', { to: owner })
	await ada.edits(message, 'Look')
	await receiver.gets(({ event }) => event.type === 'message.edited')
	assert.deepEqual(
		receiver.posts.map(({ event }) => [event.type, event.data.text]),
		[
			['message.received', 'look\nat this'],
			['message.edited', 'Look'],
		],
	)
})

test('a burst that is refused is delivered again with the messages that were added', async (t) => {
	const clock = testClock()
	const { gateway, ada, owner } = await linkedGateway(t, { delivery: { clock } })
	let tries = 0
	const receiver = await openReceiver(t, () => (++tries === 1 ? 500 : 200))
	const hook = await addHook(gateway, receiver.url, { merge: { quiet: MINUTE } })
	await ada.says('one', { to: owner })
	await hook.waits(1)
	await clock.skipUntil('it is refused', () => receiver.posts.length === 1)
	await ada.says('two', { to: owner })
	await hook.waits(2)
	await clock.skipUntil('both are delivered', () =>
		receiver.posts.slice(1).some((post) => textsIn(post).includes('two')),
	)
	await hook.drained()
	assert.deepEqual(receiver.posts[0] && textsIn(receiver.posts[0]), ['one'])
	assert.deepEqual(receiver.posts.slice(1).flatMap(textsIn), ['one', 'two'])
})
