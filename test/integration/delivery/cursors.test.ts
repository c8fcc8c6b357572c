import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atEnd, openGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, hookOf, seededGateway, withReceiver } from '../../support/delivery/world.ts'

test('events that a receiver had not accepted at a stop are delivered after the start, with the same id and bytes', async (t) => {
	const { gateway, sandbox, ada, owner, receiver, hook } = await withReceiver(t, () => 503)
	await ada.says('keep me', { to: owner })
	const first = await receiver.gets()
	await gateway.stop()
	receiver.behaviour = () => 200
	const schedule = { waits: [0, 1, 1, 1] }
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox, delivery: { schedule } })
	again.start()
	// The second attempt is in five seconds: somebody asks for it now.
	await hookOf(again, hook.id).replay({ after: 0 })
	const taken = await until('it is offered again', () => receiver.posts[1])
	assert.equal(taken.headers['webhook-id'], first.headers['webhook-id'])
	assert.equal(taken.raw, first.raw)
	assert.equal(JSON.parse(taken.raw).data.text, 'keep me')
})

test('events that were accepted are not delivered again after a restart', async (t) => {
	const { gateway, begin } = await seededGateway(t, 3, 5)
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.drained()
	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir })
	again.start()
	await hookOf(again, hook.id).drained()
	assert.equal(receiver.posts.length, 15)
})

test('a webhook begins now, after an event, or at a time', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, 6)
	const events = (await gateway.request('GET', `/api/v1/sessions/main/events?after=${begin}`)).body
	const [now, numbered, dated] = [
		await openReceiver(t),
		await openReceiver(t),
		await openReceiver(t),
	]
	await addHook(gateway, now.url)
	const after = await addHook(gateway, numbered.url, { from: begin + 4 })
	const since = await addHook(gateway, dated.url, { from: events.events[0].timestamp })
	await after.drained()
	await since.drained()
	assert.deepEqual(numbered.texts(), ['4', '5'])
	assert.deepEqual(dated.texts(), ['0', '1', '2', '3', '4', '5'])
	assert.deepEqual(now.posts, [])
})

test('a webhook that was disabled resumes where it stopped', async (t) => {
	const { ada, owner, receiver, hook } = await withReceiver(t)
	await ada.says('one', { to: owner })
	await receiver.gets()
	await hook.change({ disabled: true })
	const other = await openReceiver(t)
	await ada.says('two', { to: owner })
	await hook.change({ url: other.url })
	assert.notEqual((await hook.state()).disabled_at, null)
	await hook.change({ disabled: false })
	await other.gets()
	assert.deepEqual([receiver.texts(), other.texts()], [['one'], ['two']])
})

test('a webhook that is re-added under its resume name gets the events it missed', async (t) => {
	const { gateway, ada, owner } = await withReceiver(t)
	const receiver = await openReceiver(t)
	const witness = await openReceiver(t)
	await addHook(gateway, witness.url)
	const hook = await addHook(gateway, receiver.url, { resume: 'workflow-7' })
	await ada.says('before', { to: owner })
	await receiver.gets()
	await hook.drained()
	const twice = await gateway.request('POST', hook.path.replace(/\/[^/]+$/, ''), {
		url: receiver.url,
		resume: 'workflow-7',
	})
	assert.equal(twice.body.code, 'webhook_exists')
	await gateway.request('DELETE', hook.path)
	await ada.says('meanwhile', { to: owner })
	await witness.gets(({ event }) => event.data.text === 'meanwhile')
	await addHook(gateway, receiver.url, { resume: 'workflow-7' })
	await receiver.gets(({ event }) => event.data.text === 'meanwhile')
	assert.deepEqual(receiver.texts(), ['before', 'meanwhile'])
})

for (const merge of [undefined, { quiet: 0.1, longest: 1 }])
	test(`a webhook that skips what was deleted gets the other missed events${merge ? ', combined' : ''}`, async (t) => {
		const { gateway, ada, owner } = await withReceiver(t)
		const [witness, receiver] = [await openReceiver(t), await openReceiver(t)]
		const events = ['message.received', 'message.deleted']
		await addHook(gateway, witness.url, { events })
		const settings = { events, resume: 'r', skip_deleted: true, ...(merge && { merge }) }
		const hook = await addHook(gateway, receiver.url, settings)
		await gateway.request('DELETE', hook.path)
		const ids: Record<string, string> = {}
		for (const text of ['first', 'one', 'two', 'last'])
			ids[text] = await ada.says(text, { to: owner })
		for (const text of ['first', 'two']) await ada.deletes(ids[text]!)
		const isDeletion = ({ event }: { event: { type: string } }) => event.type === 'message.deleted'
		await until('both are deleted', () => witness.posts.filter(isDeletion).length === 2)
		const again = await addHook(gateway, receiver.url, settings)
		await again.drained()
		const received = receiver.posts.filter((post) => !isDeletion(post))
		const texts = received.flatMap(({ event }) => event.data.text.split('\n'))
		assert.deepEqual(texts, ['one', 'last'])
		assert.equal(receiver.posts.filter(isDeletion).length, 2)
	})

test('a webhook deleted and re-added under its resume name misses no event', async (t) => {
	const { gateway, ada, owner } = await withReceiver(t)
	const receiver = await openReceiver(t)
	const texts = Array.from({ length: 60 }, (_, n) => String(n))
	let said = 0
	const saying = (async () => {
		for (const text of texts) {
			await ada.says(text, { to: owner })
			said++
		}
	})()
	while (said < texts.length) {
		const hook = await addHook(gateway, receiver.url, { resume: 'r', from: 0 })
		const before = said
		await until('more is said', () => said > before || said === texts.length)
		await gateway.request('DELETE', hook.path)
	}
	await saying
	const last = await addHook(gateway, receiver.url, { resume: 'r' })
	await receiver.gets(({ event }) => event.data.text === texts.at(-1))
	await last.drained()
	assert.deepEqual([...new Set(receiver.texts())], texts)
})

test('the cursor of a deleted webhook is deleted after fourteen days', async (t) => {
	let now = Date.now()
	const clock = { now: () => now, after: () => () => {} }
	const { gateway, begin } = await seededGateway(t, 1, 3, { delivery: { clock } })
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { from: begin, resume: 'x' })
	await hook.drained()
	await gateway.request('DELETE', hook.path)
	const positions = async () =>
		(await (await gateway.sessions.get('main').journal()).cursors.list()).get('resume:x')
	await until('it has left', async () => (await positions())?.left)
	now += 15 * 24 * 60 * 60 * 1000
	const other = await addHook(gateway, receiver.url)
	await gateway.request('DELETE', other.path)
	await until('it is forgotten', async () => (await positions()) === undefined)
})

test('events that a webhook has yet to get are kept however old they are', async (t) => {
	const { gateway, begin } = await seededGateway(t, 2, 3)
	const receiver = await openReceiver(t, () => 500)
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await receiver.gets()
	const session = gateway.sessions.get('main')
	const { events } = await session.journal()
	const future = Date.now() + 30 * 24 * 60 * 60 * 1000
	await events.prune(future, begin + 1)
	assert.equal((await session.events(begin, 10)).length, 6)
	receiver.behaviour = () => 200
	await hook.replay({ after: begin })
	await hook.drained()
	await events.prune(future)
	assert.equal((await session.events(begin, 10)).length, 0)
})

test('a changed filter applies to the events that a webhook has not got yet', async (t) => {
	const { gateway, begin } = await seededGateway(t, 4, 2)
	const receiver = await openReceiver(t)
	receiver.close()
	const hook = await addHook(gateway, receiver.url, { from: begin })
	await hook.isDown()
	await hook.change({ filter: { text_contains: '1' } })
	await until('the new filter applies', async () => (await hook.state()).delivery?.pending === 4)
	await receiver.open()
	atEnd(t, () => receiver.close())
	await hook.change({ url: receiver.url.replace('hook', 'other') })
	await hook.drained()
	assert.deepEqual(receiver.texts(), ['1', '1', '1', '1'])
})
