import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testClock } from '../../../support/delivery/clock.ts'
import {
	ADMIN_KEY,
	linkedGateway,
	openGateway,
	type TestGateway,
} from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const PER_HOUR = 50
const PER_DAY = 200
const PEOPLE = 500
const HOUR_MS = 3_600_000
const TEXT = '/api/v1/sessions/main/messages/text'

const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' }

test('500 first messages go out as the limits say, over a restart, and answers are not delayed', async (t) => {
	const clock = testClock()
	const options = { governorClock: clock, sendTimeout: 60 }
	const world = await linkedGateway(t, options)
	const { sandbox, owner, ada } = world
	let { gateway }: { gateway: TestGateway } = world
	const own = { first_messages_per_hour: PER_HOUR, first_messages_per_day: PER_DAY }
	await gateway.request('PUT', '/api/v1/sessions/main/settings', { governor: own })
	const people = Array.from({ length: PEOPLE }, (_, n) => sandbox.phone(`4915100000${100 + n}`))
	await ada.sends({ conversation: 'Are you open?' }, { to: owner })
	await until('her message is there', async () => {
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?limit=1000')
		return body.events.some(({ type }: { type: string }) => type === 'message.received')
	})

	const send = (to: string, text: string, key: string) =>
		gateway.request('POST', TEXT, { to, text }, { ...headers, 'idempotency-key': key })

	/** The time at which each left, by its person. */
	const left = new Map<string, number>()

	async function asksForAll() {
		const missing = people.map(({ account }) => account.phone).filter((phone) => !left.has(phone))
		const answers = await Promise.all(missing.map((to) => send(to, 'Our new hours', `first-${to}`)))
		let retryAfter = Infinity
		for (const [at, { status, headers: said, body }] of answers.entries()) {
			if (status === 200) left.set(missing[at]!, clock.now())
			else if (status === 429) {
				assert.equal(body.code, 'governor_limited')
				assert.match(body.reason, /^first_messages_(hour|day)$/)
				retryAfter = Math.min(retryAfter, Number(said.get('retry-after')))
			} else assert.ok([202, 503].includes(status), `${status} while it stops`)
		}
		return retryAfter * 1000
	}

	let answered = 0
	async function answersAtOnce() {
		const { status } = await send(ada.account.phone, `Yes ${answered}`, `answer-${answered++}`)
		assert.equal(status, 200)
	}

	const begins = clock.now()
	// In the middle of the second hour the gateway stops.
	clock.advance(await asksForAll())
	const running = asksForAll()
	await gateway.stop()
	await running
	gateway = await openGateway(t, { ...options, sandbox, dataDir: gateway.dataDir })
	gateway.start()
	await gateway.becomes('main', 'open')
	while (left.size < PEOPLE) {
		const waitMs = await asksForAll()
		await answersAtOnce()
		if (left.size < PEOPLE) clock.advance(waitMs)
	}

	const times = [...left.values()].sort((a, b) => a - b)
	const most = (spanMs: number) =>
		Math.max(...times.map((end) => times.filter((at) => at <= end && at > end - spanMs).length))
	assert.deepEqual([most(HOUR_MS), most(24 * HOUR_MS)], [PER_HOUR, PER_DAY])
	const hours = times.map((at) => Math.round((at - begins) / HOUR_MS))
	const perHour = Object.groupBy(hours, (hour) => hour)
	const counted = Object.fromEntries(Object.entries(perHour).map(([h, all]) => [h, all!.length]))
	assert.deepEqual(counted, {
		...{ 0: 50, 1: 50, 2: 50, 3: 50, 24: 50, 25: 50, 26: 50, 27: 50, 48: 50, 49: 50 },
	})
	for (const person of people) {
		await person.receives(() => true)
		assert.equal(person.inbox.entries.length, 1, 'each gets it once')
	}
})
