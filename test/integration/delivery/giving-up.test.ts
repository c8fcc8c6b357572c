import assert from 'node:assert/strict'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { test, type TestContext } from 'node:test'
import { testClock } from '../../support/delivery/clock.ts'
import { openReceiver } from '../../support/delivery/receiver.ts'
import { addHook, hookOf, seededGateway } from '../../support/delivery/world.ts'
import { openGateway, temporaryDirectory, type TestGateway } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { OVER_FILES } from '../../support/state-url.ts'

type Waiting = { event_id: string; chat: string; attempts: number }

/**
 * A webhook that failed once in each chat, on a clock that stands still: its events wait, and none is in flight. Events
 * are named by chat and number: `0.2` is the third of the first chat.
 */
async function withWaiting(t: TestContext, chats: number, each: number, body: object = {}) {
	const clock = testClock()
	const { gateway, begin } = await seededGateway(t, chats, each, { delivery: { clock } })
	const receiver = await openReceiver(t, () => 503)
	const hook = await addHook(gateway, receiver.url, { from: begin, ...body })
	const ids = await idsOf(gateway, begin)
	const waiting = async (): Promise<Waiting[]> => (await hook.deliveries()).deliveries
	const atRest = () =>
		until('each chat has failed', async () => {
			const all = await waiting()
			const isTried = (chat: string) => all.find((each) => each.chat === chat)!.attempts > 0
			return all.every(({ chat }) => isTried(chat))
		})
	await hook.waits(chats * each)
	if ('merge' in body) await clock.next()
	await atRest()
	const giveUp = (...names: string[]) =>
		gateway.request('DELETE', `${hook.path}/deliveries`, {
			event_ids: names.map((name) => ids.get(name) ?? name),
		})
	const left = async () => {
		const named = new Map([...ids].map(([name, id]) => [id, name]))
		return (await waiting()).map(({ event_id }) => named.get(event_id))
	}
	return { gateway, begin, clock, receiver, hook, giveUp, left, atRest }
}

async function idsOf(gateway: TestGateway, begin: number): Promise<Map<string, string>> {
	const path = `/api/v1/sessions/main/events?after=${begin}&limit=1000`
	const { events } = (await gateway.request('GET', path)).body
	return new Map(events.map(({ id, data }: any) => [nameOf(data), id]))
}

const nameOf = ({ message_id }: { message_id: string }) => message_id.replace('M', '')

/** What a receiver accepted from now on, in its order. */
function acceptedBy(receiver: Awaited<ReturnType<typeof openReceiver>>) {
	const accepted: string[] = []
	receiver.behaviour = ({ event: { data } }) => {
		accepted.push(...(data.messages ?? [data]).map(nameOf))
		return 204
	}
	return accepted
}

const ofChat = (names: string[], chat: number) =>
	names.filter((name) => name.startsWith(`${chat}.`))

test('waiting events are given up by their ids; the others arrive, in the order of their chat', async (t) => {
	const { gateway, begin, clock, receiver, hook, giveUp, left } = await withWaiting(t, 2, 4)
	assert.deepEqual((await giveUp('0.1', '0.2', '1.0', 'evt_none')).body, { deleted: 3 })
	assert.deepEqual(await left(), ['0.0', '1.1', '1.2', '0.3', '1.3'])
	assert.deepEqual((await hook.state()).delivery, { pending: 5, dead: 0, down_since: null })
	assert.deepEqual((await giveUp('0.1')).body, { deleted: 0 })
	const accepted = acceptedBy(receiver)
	await clock.skipUntil('nothing waits', async () => (await left()).length === 0)
	assert.deepEqual(ofChat(accepted, 0), ['0.0', '0.3'])
	assert.deepEqual(ofChat(accepted, 1), ['1.1', '1.2', '1.3'])
	assert.equal((await idsOf(gateway, begin)).size, 8, 'the log keeps them')
})

test('a chat of which everything was given up goes on with its next event', async (t) => {
	const { gateway, clock, receiver, hook, giveUp, left } = await withWaiting(t, 1, 3)
	assert.deepEqual((await giveUp('0.0', '0.1', '0.2')).body, { deleted: 3 })
	assert.deepEqual(await left(), [])
	const accepted = acceptedBy(receiver)
	// What is not in the queue can still be asked for: the log has it.
	const { events } = (await gateway.request('GET', '/api/v1/sessions/main/events?last=1')).body
	await hook.replay({ event_ids: [events[0].id] })
	await clock.skipUntil('it is delivered', () => accepted.length === 1)
	assert.deepEqual(accepted, ['0.2'])
})

for (const end of ['a stop', 'a crash'])
	test(`what was given up does not come back after ${end}`, OVER_FILES, async (t) => {
		const { gateway, hook, giveUp } = await withWaiting(t, 2, 4)
		assert.deepEqual((await giveUp('0.1', '0.3', '1.0', '1.1')).body, { deleted: 4 })
		const dataDir = join(await temporaryDirectory(t), 'data')
		// What is on the disk at the moment of the answer: a crash leaves the same.
		if (end === 'a crash') await cp(gateway.dataDir, dataDir, { recursive: true })
		await gateway.stop()
		if (end === 'a stop') await cp(gateway.dataDir, dataDir, { recursive: true })
		const accepted: string[] = []
		const receiver = await openReceiver(t, ({ event }) => {
			accepted.push(nameOf(event.data))
			return 204
		})
		const again = await openGateway(t, { dataDir })
		again.start()
		const after = hookOf(again, hook.id)
		await after.change({ url: receiver.url })
		await after.drained()
		assert.deepEqual(ofChat(accepted, 0), ['0.0', '0.2'])
		assert.deepEqual(ofChat(accepted, 1), ['1.2', '1.3'])
	})

test('what was given up does not come back after restarts at each step of the chat', async (t) => {
	const { gateway, hook, giveUp } = await withWaiting(t, 1, 6)
	assert.deepEqual((await giveUp('0.2', '0.4')).body, { deleted: 2 })
	await gateway.stop()
	const accepted: string[] = []
	// The receiver accepts one event each time, and then is silent: nothing else happens before the stop.
	for (const expected of ['0.0', '0.1', '0.3', '0.5']) {
		let isTaken = false
		const receiver = await openReceiver(t, ({ event }) => {
			if (isTaken) return 503
			isTaken = true
			accepted.push(nameOf(event.data))
			return 204
		})
		const again = await openGateway(t, { dataDir: gateway.dataDir })
		again.start()
		await hookOf(again, hook.id).change({ url: receiver.url })
		await until(`${expected} is accepted`, () => accepted.includes(expected))
		await again.stop()
	}
	assert.deepEqual(accepted, ['0.0', '0.1', '0.3', '0.5'])
})

test('an event that is being delivered is not given up, nor the others of the same request', async (t) => {
	const { clock, receiver, giveUp, left } = await withWaiting(t, 2, 2)
	let answer: (status: number) => void = () => {}
	receiver.behaviour = (_, response) => {
		answer = (status) => void response.writeHead(status).end()
	}
	const before = receiver.posts.length
	await clock.next()
	await until('one is in flight', () => receiver.posts.length > before)
	const [flying] = receiver.posts.slice(before).map(({ event }) => nameOf(event.data))
	const { status, body } = await giveUp('0.1', '1.1', flying!)
	assert.deepEqual([status, body.code, body.field], [409, 'delivery_in_progress', 'event_ids'])
	assert.match(body.detail, /being delivered right now/)
	assert.equal((await left()).length, 4)
	const behind = `${flying!.split('.')[0]}.1`
	assert.deepEqual((await giveUp(behind)).body, { deleted: 1 }, 'what waits behind it is')
	receiver.behaviour = () => 503
	answer(503)
	const given = await until('the attempt has ended', async () => {
		const tried = await giveUp(flying!)
		return tried.status === 200 && tried
	})
	assert.deepEqual(given.body, { deleted: 1 })
})

test('a batch goes without the messages that were given up', async (t) => {
	const { clock, receiver, giveUp, left } = await withWaiting(t, 1, 4, { merge: { quiet: 1 } })
	assert.deepEqual((await giveUp('0.0', '0.2')).body, { deleted: 2 })
	const accepted = acceptedBy(receiver)
	await clock.skipUntil('nothing waits', async () => (await left()).length === 0)
	assert.deepEqual(accepted, ['0.1', '0.3'])
})

test('an event that is delivered again is given up, and is no dead letter any more', async (t) => {
	const { gateway, clock, receiver, hook, giveUp, left } = await withWaiting(t, 1, 1)
	receiver.behaviour = () => 422
	const isGivenUp = async () => (await hook.state()).delivery.dead === 1
	await clock.skipUntil('it is given up', isGivenUp)
	receiver.behaviour = () => 503
	await hook.replay({ state: 'dead' })
	const given = await until('it waits and is not in flight', async () => {
		const answer = await giveUp('0.0')
		return answer.status === 200 && answer
	})
	assert.deepEqual(given.body, { deleted: 1 })
	assert.deepEqual(await left(), [])
	await gateway.stop()
	const again = await openGateway(t, { dataDir: gateway.dataDir })
	again.start()
	const after = hookOf(again, hook.id)
	await after.drained()
	assert.deepEqual((await after.state()).delivery, { pending: 0, dead: 0, down_since: null })
})
