import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'
import { HOUR_MS, openWorld } from './world.ts'

const phoneOf = ({ account }: { account: { phone: string } }) => account.phone

test('beyond the limit of an hour a first message is held back, and answers go out', async (t) => {
	const world = await openWorld(t, { first_messages_per_hour: 2 })
	const { sent, held, writes, stranger, clock } = world
	await sent({ to: phoneOf(stranger()) })
	clock.advance(HOUR_MS / 2)
	const known = stranger()
	await sent({ to: phoneOf(known) })
	const waiting = stranger()
	const seconds = await held('first_messages_hour', { to: phoneOf(waiting) })
	assert.equal(seconds, 1800)
	await writes()
	await sent({ to: phoneOf(world.ada) })
	await sent({ to: phoneOf(known) })
	assert.equal(waiting.inbox.entries.length, 0)
	const { state, reason, text, first_messages } = await world.limits()
	assert.deepEqual([state, reason], ['paused', 'first_messages_hour'])
	assert.deepEqual(first_messages.hour, { used: 2, limit: 2, remaining: 0 })
	assert.match(text, /in an hour .* next is possible at \d{4}-/)
	clock.advance(seconds * 1000)
	await sent({ to: phoneOf(waiting) })
})

test('the key of a request that is held back is good for it afterwards', async (t) => {
	const { sends, sent, stranger, clock } = await openWorld(t, { first_messages_per_hour: 1 })
	await sent({ to: phoneOf(stranger()) })
	const to = phoneOf(stranger())
	const refused = await sends({ to }, { key: 'k' })
	assert.equal(refused.status, 429)
	clock.advance(HOUR_MS)
	const { message_id } = await sent({ to }, { key: 'k' })
	assert.equal((await sent({ to }, { key: 'k' })).message_id, message_id)
})

test('after code 463 first messages pause until the end that WhatsApp names', async (t) => {
	const world = await openWorld(t)
	const { sent, sends, held, writes, stranger, clock, refuses, events } = world
	const ends = Math.floor(clock.now() / 1000) + 5 * 3600
	const begun = stranger()
	await sent({ to: phoneOf(begun) })
	await world.whatsAppSays({ reachout: { until: ends, type: 'WEB_COMPANION_ONLY' } })
	refuses(463)
	const to = phoneOf(stranger())
	const { status, body } = await sends({ to })
	assert.deepEqual([status, body.code], [409, 'reachout_timelocked'])
	const [event] = await until('it is told', async () => {
		const told = await events('session.limits')
		return told.length > 0 && told
	})
	const end = new Date(ends * 1000).toISOString()
	const { state, reason, until: told } = event.data
	assert.deepEqual([state, reason, told], ['paused', 'reachout_timelock', end])
	const seconds = await held('reachout_timelock', { to })
	assert.ok(Math.abs(seconds - 5 * 3600) <= 1, `${seconds}`)
	await held('reachout_timelock', { to: phoneOf(stranger()) })
	await held('reachout_timelock', { to: phoneOf(begun) })
	// Who writes is answered.
	await writes(begun)
	await sent({ to: phoneOf(begun) })
	assert.equal((await world.limits()).next_at, end)
	await world.whatsAppSays({})
	clock.advance(seconds * 1000)
	await until('the end is told', async () => (await events('session.limits')).length === 2)
	await sent({ to })
})

test('a pause and what was counted outlive a restart', async (t) => {
	const world = await openWorld(t, { first_messages_per_hour: 2 })
	const { gateway, sandbox, sends, sent, held, stranger, refuses, clock } = world
	await sent({ to: phoneOf(stranger()) })
	refuses(463)
	const to = phoneOf(stranger())
	assert.equal((await sends({ to })).status, 409)
	await held('reachout_timelock', { to })
	await gateway.stop()
	const again = await openGateway(t, {
		dataDir: gateway.dataDir,
		sandbox,
		governorClock: clock,
	})
	again.start()
	await again.becomes('main', 'open')
	const asks = async () => {
		const body = { to: phoneOf(stranger()), text: 'hi' }
		const answer = await again.request('POST', '/api/v1/sessions/main/messages/text', body)
		return [answer.status, answer.body.reason]
	}
	assert.deepEqual(await asks(), [429, 'reachout_timelock'])
	const { body } = await again.request('GET', '/api/v1/sessions/main/limits')
	assert.deepEqual(body.first_messages.hour, { used: 2, limit: 2, remaining: 0 })
	// WhatsApp named no end: an hour. As long as that the two first messages count.
	clock.advance(HOUR_MS)
	assert.deepEqual(await asks(), [200, undefined])
	assert.deepEqual(await asks(), [200, undefined])
	assert.deepEqual(await asks(), [429, 'first_messages_hour'])
})

test("WhatsApp's own figure for new chats is obeyed", async (t) => {
	const { sent, held, stranger, whatsAppSays, clock, events } = await openWorld(t)
	await whatsAppSays({ new_chats: { quota: 5, used: 3 } })
	await sent({ to: phoneOf(stranger()) })
	await sent({ to: phoneOf(stranger()) })
	const to = phoneOf(stranger())
	assert.equal(await held('new_chat_cap', { to }), 3600)
	await whatsAppSays({ new_chats: { quota: 10, used: 5 } })
	clock.advance(HOUR_MS)
	await sent({ to })
	const told = (await events('session.limits')).map(({ data }) => data.new_chats.quota)
	assert.deepEqual(told, [5, 10])
})

test('in the quiet hours nobody gets a message, but as an answer', async (t) => {
	const noon = new Date()
	const minutes = (offset: number) =>
		new Date(noon.getTime() + offset * 60_000).toISOString().slice(11, 16)
	const quiet = { quiet_from: minutes(-10), quiet_to: minutes(50), time_zone: 'UTC' }
	const { sent, held, writes, stranger, ada, clock } = await openWorld(t, quiet)
	const to = phoneOf(stranger())
	const seconds = await held('quiet_hours', { to })
	assert.ok(seconds > 2700 && seconds <= 3000, `${seconds}`)
	await writes()
	await sent({ to: phoneOf(ada) })
	clock.advance(seconds * 1000)
	await sent({ to })
})

test('looked-up numbers are limited', async (t) => {
	const { ask, clock } = await openWorld(t, { mode: 'strict' })
	const phones = Array.from({ length: 100 }, (_, n) => `4915300000${100 + n}`)
	assert.equal((await ask('POST', '/contacts/check', { phones })).status, 200)
	const { status, body, headers } = await ask('POST', '/contacts/check', {
		phones: ['4915300000001'],
	})
	assert.deepEqual([status, body.reason], [429, 'number_checks'])
	clock.advance(Number(headers.get('retry-after')) * 1000)
	assert.equal((await ask('POST', '/contacts/check', { phones: ['4915300000001'] })).status, 200)
})

test('with the governor off nothing is held back', async (t) => {
	const { sent, stranger, limits } = await openWorld(t, { mode: 'off', first_messages_per_hour: 1 })
	for (let n = 0; n < 3; n++) await sent({ to: phoneOf(stranger()) })
	const { mode, state, first_messages } = await limits()
	assert.deepEqual([mode, state], ['off', 'open'])
	assert.deepEqual(first_messages.hour, { used: 3, limit: null, remaining: null })
})

test('a device that was linked lately may do less, and more each day', async (t) => {
	const { limits, clock } = await openWorld(t)
	const figures = async () => {
		const { first_messages: firsts, warm_up_until: warm } = await limits()
		return [firsts.hour.limit, firsts.day.limit, warm !== null]
	}
	assert.deepEqual(await figures(), [20, 83, true])
	// The clock began before the device was linked.
	clock.advance(3 * 24 * HOUR_MS + 60_000)
	assert.deepEqual(await figures(), [37, 154, true])
	clock.advance(4 * 24 * HOUR_MS)
	assert.deepEqual(await figures(), [60, 250, false])
})

test('the same text to many new people is counted, whatever its capitals', async (t) => {
	const { sent, stranger, limits } = await openWorld(t)
	for (const text of ['Buy now', 'buy  NOW', 'buy now ', 'Hello'])
		await sent({ to: phoneOf(stranger()), text })
	assert.equal((await limits()).same_text, 3)
})

test('messages to different people leave with a pause, and answers at once', async (t) => {
	const world = await openWorld(t, { pause_seconds: 60 })
	const { sends, sent, stranger, writes, ada, clock } = world
	await sent({ to: phoneOf(stranger()) })
	const second = stranger()
	const waits = sends({ to: phoneOf(second) })
	const at = await clock.upcoming()
	const pause = at - clock.now()
	assert.ok(pause > 58_000 && pause <= 90_000, `${pause}`)
	await writes()
	await sent({ to: phoneOf(ada) })
	assert.equal(second.inbox.entries.length, 0)
	clock.advance(pause)
	assert.equal((await waits).status, 200)
})

test('with typing set, only messages that are no answers show it', async (t) => {
	const { sent, stranger, writes, ada, sandbox } = await openWorld(t, { typing: true })
	const typed = () =>
		sandbox.whatsapp.log.list(
			({ direction, stanza }) => direction === 'in' && stanza.tag === 'chatstate',
		).length
	await writes()
	await sent({ to: phoneOf(ada) })
	assert.equal(typed(), 0)
	await sent({ to: phoneOf(stranger()) })
	assert.equal(typed(), 1)
	await sent({ to: phoneOf(stranger()), typing: false })
	assert.equal(typed(), 1)
})
