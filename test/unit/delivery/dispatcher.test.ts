import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { setImmediate as settled } from 'node:timers/promises'
import type { Outcome, Post } from '../../../gateway/src/delivery/attempt/post.ts'
import { createDispatcher } from '../../../gateway/src/delivery/dispatcher.ts'
import { createChatQueues } from '../../../gateway/src/delivery/queue/chat-queues.ts'
import { standardRetrySchedule } from '../../../gateway/src/delivery/queue/retry-schedule.ts'
import type { Webhook } from '../../../gateway/src/delivery/registry/webhook.ts'
import { silentLog } from '../../../gateway/src/log.ts'
import { testClock } from '../../support/delivery/clock.ts'

const SECOND = 1000
const HOUR = 3600 * SECOND

const taken: Outcome = {
	status: 204,
	why: null,
	isUnreachable: false,
	isOfTarget: false,
	retryAfterMs: 0,
	answer: '',
}
const answered = (status: number, more: Partial<Outcome> = {}): Outcome => ({
	...taken,
	status,
	why: `answered ${status}`,
	...more,
})
const refused: Outcome = {
	...taken,
	status: null,
	why: 'ECONNREFUSED',
	isUnreachable: true,
	isOfTarget: true,
}

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
function seededRandom(seed: number) {
	return () => {
		seed = (seed + 0x6d2b79f5) | 0
		let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
}

type Attempt = { chat: string; number: number; at: number }
type Behaviour = (attempt: Attempt) => Outcome | Promise<Outcome>

/** The dispatcher of a webhook, over queues of which each has these many events, on a clock that stands still. */
function dispatcherTo(behaviour: Behaviour, chats: number, each: number) {
	const clock = testClock(0)
	const queues = createChatQueues(clock.now)
	const attempts: Attempt[] = []
	const deliveries: Attempt[] = []
	const dead: number[] = []
	const chatOf = (number: number) => `chat ${number % chats}`
	const attemptAt = (number: number) => ({ chat: chatOf(number), number, at: clock.now() })
	const dispatcher = createDispatcher({
		queues,
		clock,
		schedule: standardRetrySchedule,
		log: silentLog,
		webhook: () => ({}) as Webhook,
		payloadFor: async (_webhook, _queue, number) => ({
			id: String(number),
			body: '',
			event: {} as never,
		}),
		post: Object.assign(
			async (_: Webhook, { id }: { id: string }) => {
				const attempt = attemptAt(Number(id))
				attempts.push(attempt)
				return behaviour(attempt)
			},
			{ abort() {} },
		) as Post,
		settled(queue, number) {
			if (!dead.includes(number)) deliveries.push(attemptAt(number))
			queues.settle(queue)
		},
		givenUp(queue, number) {
			dead.push(number)
			queues.settle(queue)
		},
		taken() {},
		noted() {},
		gone() {},
		attempted() {},
		ended() {},
	})
	for (let number = 0; number < chats * each; number++) queues.add(chatOf(number), number)
	return {
		clock,
		queues,
		dispatcher,
		attempts,
		deliveries,
		dead,
		/** Lets the time pass until nothing waits any more, or until then. */
		async run(end = Infinity) {
			dispatcher.pump()
			await settled()
			while (queues.count && (await clock.upcoming()) <= end) {
				await clock.next()
				await settled()
			}
		},
	}
}

const isAscending = (numbers: number[]) => numbers.every((n, i) => i === 0 || numbers[i - 1]! < n)

const failures: [how: string, outcome: Outcome][] = [
	['answers 500', answered(500)],
	['answers 503', answered(503, { isOfTarget: true })],
	['answers 429', answered(429)],
	['refuses the connection', refused],
	['breaks the connection off', { ...refused, why: 'ECONNRESET', isUnreachable: false }],
]

/** A chat whose event fails nine times in a row waits for minutes: the 99 % are those of three runs together. */
const SEEDS = [20261126, 20261127, 20261128]

for (const [how, failure] of failures)
	test(`a target that ${how} in 30 % of the attempts gets 99 % of 10,000 events within a minute, those of each chat in order`, async (t) => {
		const times: number[] = []
		for (const seed of SEEDS) times.push(...(await deliveryTimes(t, failure, seed)))
		times.sort((a, b) => a - b)
		const p99 = times[Math.floor(times.length * 0.99)]!
		assert.ok(p99 <= 60 * SECOND, `99 % were there after ${p99} ms`)
	})

/** Delivers 10,200 events to a target that fails in 30 % of the attempts. @returns when each was there, in milliseconds */
async function deliveryTimes(t: TestContext, failure: Outcome, seed: number): Promise<number[]> {
	const random = seededRandom(seed)
	const { mock } = t.mock.method(Math, 'random', random)
	// The target is known: one that refuses its first connection is probed after five seconds.
	let isKnown = false
	const target = dispatcherTo(
		() => {
			const isTaken = !isKnown || random() >= 0.3
			isKnown = true
			return isTaken ? taken : failure
		},
		300,
		34,
	)
	await target.run()
	mock.restore()
	assert.equal(target.deliveries.length, 300 * 34)
	assert.deepEqual(target.dead, [])
	for (const [chat, own] of Map.groupBy(target.deliveries, ({ chat }) => chat))
		assert.ok(isAscending(own.map(({ number }) => number)), `${chat} in order`)
	return target.deliveries.map(({ at }) => at)
}

test('an event that is refused while others are accepted is attempted for three days', async () => {
	const target = dispatcherTo(({ number }) => (number === 0 ? answered(500) : taken), 5, 2)
	await target.run()
	assert.deepEqual(target.dead, [0])
	assert.equal(target.deliveries.length, 9)
	const own = target.attempts.filter(({ number }) => number === 0).map(({ at }) => at)
	const waits = own.slice(1).map((at, n) => at - own[n]!)
	const expected = [
		0.2,
		1,
		2,
		5,
		10,
		20,
		40,
		300,
		1800,
		...[2, 5, 10, 14, 20, 24].map((h) => h * 3600),
	]
	assert.equal(waits.length, expected.length)
	for (const [n, seconds] of expected.entries())
		assert.ok(Math.abs(waits[n]! / (seconds * SECOND) - 1) <= 0.21, `wait ${n} is ${waits[n]} ms`)
	assert.ok(own.at(-1)! >= 48 * HOUR)
	const others = target.deliveries.filter(({ number }) => number % 5)
	assert.ok(
		others.every(({ at }) => at === 0),
		'the other chats do not wait',
	)
})

test('chats whose attempts time out do not hold up the others', async () => {
	const isHanging = (number: number) => number % 5 === 0 && number < 100
	const target = dispatcherTo(
		({ number }) =>
			isHanging(number)
				? new Promise((resolve) => target.clock.after(15 * SECOND, () => resolve(answered(500))))
				: taken,
		0,
		0,
	)
	const arrivals = new Map<number, number>()
	function arrive() {
		const number = arrivals.size
		arrivals.set(number, target.clock.now())
		target.queues.add(`chat ${number}`, number)
		target.dispatcher.pump()
		if (number < 239) target.clock.after(SECOND / 2, arrive)
	}
	arrive()
	await target.run(121 * SECOND)
	assert.equal(arrivals.size, 240)
	assert.equal(target.deliveries.length, 220)
	for (const { number, at } of target.deliveries)
		assert.equal(at, arrivals.get(number), `${number}`)
})

test('a target that is not there, and has accepted something within the last minute, is attempted, not only probed', async () => {
	let isAway = false
	const target = dispatcherTo(() => (isAway ? refused : taken), 1, 1)
	await target.run()
	isAway = true
	target.queues.add('chat 0', 1)
	await target.run(30 * SECOND)
	assert.equal(target.dispatcher.downSince, undefined)
	await target.run(2 * 60 * SECOND)
	assert.ok(target.dispatcher.downSince! <= 120 * SECOND)
	isAway = false
	await target.run()
	assert.deepEqual([target.deliveries.length, target.dead], [2, []])
})

const windows: [target: string, answerMs: number, most: number][] = [
	['quick', 100, 64],
	['slow', 2 * SECOND, 16],
]

for (const [target, answerMs, most] of windows)
	test(`a ${target} target has at most ${most} chats under way at the same time, and everything reaches it`, async () => {
		let underWay = 0
		let highest = 0
		const { clock, deliveries, run } = dispatcherTo(
			() => {
				highest = Math.max(highest, ++underWay)
				return new Promise((resolve) =>
					clock.after(answerMs, () => {
						underWay--
						resolve(taken)
					}),
				)
			},
			100,
			30,
		)
		await run()
		assert.equal(deliveries.length, 3000)
		assert.equal(highest, most)
	})
