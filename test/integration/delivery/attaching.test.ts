import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { createDelivery } from '../../../gateway/src/delivery/index.ts'
import { createAllowedTargets } from '../../../gateway/src/delivery/registry/allowed-targets.ts'
import { createWebhooks } from '../../../gateway/src/delivery/registry/webhooks.ts'
import { silentLog } from '../../../gateway/src/log.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { seed } from '../../support/delivery/seed.ts'
import { atEnd, openGateway, temporaryDirectory } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'

/** A delivery of its own over the sessions `main` and `other` of a gateway. */
async function openDelivery(t: TestContext) {
	const gateway = await openGateway(t)
	for (const id of ['main', 'other']) {
		await gateway.request('POST', '/api/v1/sessions', { id })
		await gateway.request('POST', `/api/v1/sessions/${id}/disconnect`)
	}
	const storage = await jsonStorage(await temporaryDirectory(t), { onLost: assert.fail })
	const targets = createAllowedTargets(['127.0.0.1'])
	const webhooks = createWebhooks({ storage, targets, log: silentLog })
	const delivery = createDelivery({
		webhooks,
		targets,
		formats: new Map(),
		serverUrl: () => '',
		log: silentLog,
		source: (session) => gateway.sessions.get(session),
		budget: 1000,
	})
	atEnd(t, async () => {
		await delivery.stop()
		await targets.close()
		await storage.close()
	})
	/** Records messages in a session's log, and publishes them. */
	async function happen(session: string, count: number) {
		const journal = await gateway.sessions.get(session).journal()
		const before = await journal.newest()
		await seed(journal, 1, count)
		for (const event of await journal.events.after(before, count)) delivery.publish(event)
	}
	return { webhooks, delivery, happen }
}

test('a session that is closed gets no attempts, keeps its cursor, and goes on when it is opened', async (t) => {
	const { webhooks, delivery, happen } = await openDelivery(t)
	const receiver = await openReceiver(t)
	const events = ['message.received']
	for (const session of ['main', 'other']) {
		await delivery.open(session)
		await webhooks.add(session, { url: receiver.url, events, from: 'now' }, true)
	}
	const of = (session: string) =>
		receiver.posts.map(({ event }) => event).filter((event) => event.session === session)

	await happen('main', 2)
	await until('both are there', () => of('main').length === 2)
	await delivery.close('main')
	assert.deepEqual(webhooks.list('main'), [])
	assert.equal(webhooks.list('other').length, 1)
	await happen('main', 3)
	await happen('other', 1)
	await until('the other session goes on', () => of('other').length === 1)
	assert.equal(of('main').length, 2)
	await assert.rejects(webhooks.add('main', { url: receiver.url }, true), {
		code: 'session_not_found',
	})

	await delivery.open('main')
	assert.equal(webhooks.list('main').length, 1)
	await until('the rest is there', () => of('main').length === 5)
	await happen('main', 1)
	await until('what is new is there as well', () => of('main').length === 6)
	const numbers = of('main').map(({ seq }) => seq)
	assert.deepEqual(
		numbers,
		[...new Set(numbers)].sort((a, b) => a - b),
	)
})

test('closing a session waits for the attempt that is under way, and opening twice is opening once', async (t) => {
	const { webhooks, delivery, happen } = await openDelivery(t)
	let answerNow = () => {}
	const receiver = await openReceiver(t, (_, answer) => {
		answerNow = () => answer.writeHead(204).end()
	})
	await Promise.all([delivery.open('main'), delivery.open('main')])
	await webhooks.add('main', { url: receiver.url, events: ['message.received'] }, true)
	await happen('main', 1)
	await receiver.gets()
	const closing = delivery.close('main')
	answerNow()
	await closing
	receiver.behaviour = () => 204
	await delivery.open('main')
	await happen('main', 1)
	await until('the next is there', () => receiver.posts.length === 2)
	assert.equal(new Set(receiver.ids()).size, 2)
})
