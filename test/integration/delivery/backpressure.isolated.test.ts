import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../support/wait.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, seededGateway, withReceiver } from '../../support/delivery/world.ts'

test('a session pauses when its event budget is used up, and resumes when half is delivered', async (t) => {
	const { gateway, ada, owner, receiver, hook } = await withReceiver(t, () => 503, {
		eventBudget: 20,
		delivery: { schedule: { probeMs: [50, 100], downAfter: { failures: 1, chats: 1 } } },
	})
	const session = async () => (await gateway.request('GET', '/api/v1/sessions/main')).body
	let said = 0
	await until('the session is held', async () => {
		await ada.says(String(said++), { to: owner })
		return (await session()).last_disconnect?.reason === 'delivery_backlog'
	})
	assert.equal((await session()).status, 'closed')
	await gateway.request('POST', '/api/v1/sessions/main/connect')
	for (let n = 0; n < 5; n++) await ada.says(String(said++), { to: owner })
	assert.equal((await session()).status, 'closed')
	const { pending } = (await hook.state()).delivery
	assert.ok(pending >= 20 && pending < said)
	receiver.behaviour = () => 200
	await gateway.becomes('main', 'open')
	await receiver.gets(({ event }) => event.data.text === String(said - 1))
	await hook.drained()
	const taken = [...new Map(receiver.posts.map((post) => [post.event.id, post.event])).values()]
	assert.deepEqual(
		taken.map(({ data }) => data.text),
		Array.from({ length: said }, (_, n) => String(n)),
	)
})

test('a disabled webhook causes no back-pressure', async (t) => {
	const { gateway, ada, owner, hook } = await withReceiver(t, () => 503, {
		eventBudget: 3,
		delivery: { schedule: { downAfter: { failures: 1, chats: 1 } } },
	})
	for (const text of ['1', '2', '3', '4']) await ada.says(text, { to: owner })
	await gateway.becomes('main', 'closed')
	await hook.change({ disabled: true })
	await gateway.becomes('main', 'open')
})

test('thousands of waiting events use little memory and are delivered in the order of each chat', async (t) => {
	const { gateway, begin } = await seededGateway(t, 50, 100)
	const receiver = await openReceiver(t)
	receiver.close()
	const before = process.memoryUsage().heapUsed
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await until('all is known', async () => (await hook.state()).delivery?.pending === 5_000)
	const grown = (process.memoryUsage().heapUsed - before) / 5_000
	t.diagnostic(`${Math.round(grown)} bytes each`)
	await gateway.request('DELETE', hook.path)
	await receiver.open()
	const again = await addHook(gateway, receiver.url, { from: begin })
	const since = performance.now()
	await again.drained(30_000)
	t.diagnostic(`${Math.round((5_000 / (performance.now() - since)) * 1000)} a second`)
	assert.equal(new Set(receiver.ids()).size, 5_000)
	const last = new Map<string, number>()
	for (const { event } of receiver.posts) {
		assert.ok(event.seq > (last.get(event.data.chat.id) ?? 0))
		last.set(event.data.chat.id, event.seq)
	}
})
