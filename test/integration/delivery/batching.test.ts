import assert from 'node:assert/strict'
import { setTimeout as pause } from 'node:timers/promises'
import { test } from 'node:test'
import { linkedGateway, openGateway } from '../../support/gateway/gateway.ts'
import { openReceiver, type Post } from '../../support/delivery/receiver.ts'
import { addHook, hookOf } from '../../support/delivery/world.ts'

const textsIn = ({ event }: Post) => event.data.messages.map(({ text }: any) => text)

test('a burst of messages of one person is one event, and messages of others are separate', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const bob = sandbox.phone('491700000003', { name: 'Bob' })
	const [receiver, single] = [await openReceiver(t), await openReceiver(t)]
	await addHook(gateway, single.url)
	const hook = await addHook(gateway, receiver.url, { merge: { quiet: 0.5 } })
	for (const text of ['hi', 'are you there?', 'I have a question'])
		await ada.says(text, { to: owner })
	await bob.says('hello', { to: owner })
	await receiver.gets(({ event }) => event.data.sender.name === 'Ada')
	await receiver.gets(({ event }) => event.data.sender.name === 'Bob')
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
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await addHook(gateway, receiver.url, { merge: { quiet: 0.4, longest: 0.8 } })
	const texts: string[] = []
	while (!receiver.posts.length && texts.length < 50) {
		texts.push(String(texts.length))
		await ada.says(texts.at(-1)!, { to: owner })
		await pause(100)
	}
	assert.ok(texts.length < 50, 'it was told while they wrote')
	await receiver.gets((post) => textsIn(post).includes(texts.at(-1)))
	assert.deepEqual(receiver.posts.flatMap(textsIn), texts)
})

test('a burst survives a restart in the middle', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const [receiver, witness] = [await openReceiver(t), await openReceiver(t)]
	await addHook(gateway, witness.url)
	const { id } = await addHook(gateway, receiver.url, { merge: { quiet: 1.5 } })
	for (const text of ['one', 'two']) await ada.says(text, { to: owner })
	await witness.gets(({ event }) => event.data.text === 'two')
	await gateway.stop()
	assert.equal(receiver.posts.length, 0)
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await receiver.gets()
	await hookOf(again, id).drained()
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
	const schedule = { waits: [0, 700, 700] }
	const { gateway, ada, owner } = await linkedGateway(t, { delivery: { schedule } })
	let tries = 0
	const receiver = await openReceiver(t, () => (++tries === 1 ? 500 : 200))
	const hook = await addHook(gateway, receiver.url, { merge: { quiet: 0.3 } })
	await ada.says('one', { to: owner })
	await receiver.gets()
	await ada.says('two', { to: owner })
	await receiver.gets((post) => textsIn(post).includes('two'))
	await hook.drained()
	assert.deepEqual(receiver.posts[0] && textsIn(receiver.posts[0]), ['one'])
	assert.deepEqual(receiver.posts.slice(1).flatMap(textsIn), ['one', 'two'])
})
