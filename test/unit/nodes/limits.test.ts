import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startRecorder, type Recorded, type Reply } from '../../support/recorder.ts'
import { send, sent } from './harness.ts'

const SENT: Reply = { status: 200, body: { message_id: '3EB0', timestamp: 1, to: 'x' } }

const held = (seconds: number): Reply => ({
	status: 429,
	type: 'application/problem+json',
	headers: { 'retry-after': String(seconds) },
	body: {
		status: 429,
		title: 'The limits of this number do not allow it now',
		detail: 'As many first messages as the governor lets out in an hour have gone to new people.',
		code: 'governor_limited',
		reason: 'first_messages_hour',
	},
})

const locked: Reply = {
	status: 409,
	type: 'application/problem+json',
	body: { status: 409, title: 'No new chats', detail: 'Code 463.', code: 'reachout_timelocked' },
}

describe('On Limit of WhatsApp Send', () => {
	let gateway: Awaited<ReturnType<typeof startRecorder>>
	let answers: Reply[]

	before(async () => {
		gateway = await startRecorder(() => answers.shift() ?? SENT)
	})
	beforeEach(() => {
		answers = []
		gateway.requests.length = 0
	})
	after(() => gateway.stop())

	const hello = { to: '491701234567', text: 'hello' }
	const sends = (additionalFields: object) =>
		send([hello], { baseUrl: gateway.url, parameters: { additionalFields } })
	const keysOf = (requests: Recorded[]) => requests.map(({ headers }) => headers['idempotency-key'])

	it('fails the item unless something else is chosen', async () => {
		answers = [held(1)]
		const { data } = await sends({})
		const error = data.resultData.error as { message?: string; context?: { details?: object } }
		assert.match(String(error?.message), /limits of this number/)
		const { details } = error.context ?? {}
		assert.deepEqual(details, {
			status: 429,
			code: 'governor_limited',
			reason: 'first_messages_hour',
			retry_after: 1,
		})
		assert.equal(gateway.requests.length, 1)
	})

	it('waits until the message may go, and sends it with the same idempotency key', async () => {
		answers = [held(1), held(1)]
		const begun = performance.now()
		const run = await sends({ on_limit: 'wait' })
		assert.ok(performance.now() - begun >= 2_000)
		assert.equal(sent(run)[0]?.json.message_id, '3EB0')
		const keys = keysOf(gateway.requests)
		assert.deepEqual([keys.length, new Set(keys).size], [3, 1])
		assert.deepEqual(gateway.requests[2]?.body, hello)
	})

	it('fails at once if the message may go too late only', async () => {
		answers = [held(120)]
		const { data } = await sends({ on_limit: 'wait', wait_at_most: 1 })
		assert.ok(data.resultData.error)
		assert.equal(gateway.requests.length, 1)
	})

	it('does not repeat what WhatsApp itself has refused', async () => {
		answers = [locked]
		const { data } = await sends({ on_limit: 'wait' })
		assert.ok(data.resultData.error)
		assert.equal(gateway.requests.length, 1)
	})

	for (const [what, answer, code] of [
		['the governor', held(60), 'governor_limited'],
		['WhatsApp', locked, 'reachout_timelocked'],
	] as const)
		it(`skips a message that ${what} holds back, and says why`, async () => {
			answers = [answer]
			const run = await sends({ on_limit: 'skip' })
			const [item] = sent(run)
			assert.deepEqual([item?.json.status, item?.json.code], ['skipped', code])
			assert.match(String(item?.json.message), /first messages|463/)
			assert.deepEqual(item?.pairedItem, { item: 0 })
		})

	it('skips nothing but what a limit holds back', async () => {
		answers = [{ ...locked, status: 422, body: { title: 'No', code: 'recipient_not_on_whatsapp' } }]
		assert.ok((await sends({ on_limit: 'skip' })).data.resultData.error)
	})
})
