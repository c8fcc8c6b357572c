import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { linkedGateway, openGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'
import { openWorld } from './world.ts'

const STRICT = {
	mode: 'strict',
	typing: false,
	first_messages_per_hour: 50,
	first_messages_per_day: 50,
}

/** A world in which it can be asked how long a message waits. */
async function openPausing(t: TestContext, governor: object = {}, sendTimeout?: number) {
	const world = await openWorld(t, governor, sendTimeout)
	const { clock, ask, stranger } = world
	return {
		...world,
		someone: () => stranger().account.phone,
		/** Sends what has to wait, and lets the time pass. @returns how long it waited, in milliseconds */
		async waits(body: object, type = 'text'): Promise<number> {
			const sending = ask('POST', `/messages/${type}`, body)
			const pause = (await clock.upcoming()) - clock.now()
			clock.advance(pause)
			const answer = await sending
			assert.equal(answer.status, 200, answer.text)
			return pause
		},
	}
}

for (const mode of ['off', 'mild', 'strict'])
	test(`with the governor ${mode} a message leaves as long as it says after the last one to others`, async (t) => {
		const { sent, waits, someone, clock } = await openPausing(t, { ...STRICT, mode })
		await sent({ to: someone() })
		clock.advance(4_000)
		assert.equal(await waits({ to: someone(), text: 'hi', pause_seconds: 10 }), 6_000)
		assert.equal(await waits({ to: someone(), text: 'hi', pause_seconds: 0.5 }), 500)
	})

test('0 lets a message go at once, and without the field the pause of the session holds', async (t) => {
	const { sent, waits, someone } = await openPausing(t, STRICT)
	await sent({ to: someone() })
	await sent({ to: someone(), pause_seconds: 0 })
	const pause = await waits({ to: someone(), text: 'hi' })
	assert.ok(pause >= 5_000 && pause <= 7_500, `${pause}`)
})

test('a message to the person who got the last one does not pause', async (t) => {
	const { sent, someone } = await openPausing(t)
	const to = someone()
	await sent({ to: someone() })
	await sent({ to })
	await sent({ to, pause_seconds: 300 })
})

test('an answer pauses if it says so, and others that say so pause after an answer', async (t) => {
	const { sent, waits, writes, someone, ada } = await openPausing(t, STRICT)
	await writes()
	await sent({ to: someone() })
	assert.equal(await waits({ to: ada.account.phone, text: 'hi', pause_seconds: 20 }), 20_000)
	assert.equal(await waits({ to: someone(), text: 'hi', pause_seconds: 30 }), 30_000)
	// The pause of the session does not count answers.
	await sent({ to: ada.account.phone })
	const pause = await waits({ to: someone(), text: 'hi' })
	assert.ok(pause >= 5_000 && pause <= 7_500, `${pause}`)
})

test('a pause begins when the last message leaves, and not with its typing', async (t) => {
	const { sent, waits, someone } = await openPausing(t)
	await sent({ to: someone(), typing_seconds: 0.2 })
	assert.equal(await waits({ to: someone(), text: 'hi', pause_seconds: 10 }), 10_200)
})

test('messages that wait for their pauses leave one after the other', async (t) => {
	const { sent, waits, sends, someone, clock } = await openPausing(t)
	await sent({ to: someone() })
	const first = sends({ to: someone(), pause_seconds: 10 })
	await clock.upcoming()
	const begun = clock.now()
	const second = sends({ to: someone(), pause_seconds: 20 })
	assert.equal((await clock.next()) - begun, 10_000)
	assert.equal((await first).status, 200)
	assert.equal((await clock.next()) - begun, 30_000)
	assert.equal((await second).status, 200)
	assert.equal(await waits({ to: someone(), text: 'hi', pause_seconds: 5 }), 5_000)
})

const types: [type: string, body: object][] = [
	['location', { latitude: 1, longitude: 2 }],
	['poll', { name: 'This?', options: ['a', 'b'] }],
	['contact', { contact: { display_name: 'A', phones: [{ number: '123' }] } }],
]
for (const [type, body] of types)
	test(`a ${type} pauses as a text does`, async (t) => {
		const { sent, waits, someone } = await openPausing(t)
		await sent({ to: someone() })
		assert.equal(await waits({ ...body, to: someone(), pause_seconds: 7 }, type), 7_000)
	})

test('a post to a group pauses if it says so', async (t) => {
	const { sent, waits, someone, ada, owner } = await openPausing(t)
	const group = ada.createsGroup('Team', [owner])
	await sent({ to: someone() })
	assert.equal(await waits({ to: group, text: 'hi', pause_seconds: 3 }), 3_000)
})

for (const pause_seconds of [-1, 301, '5', null])
	test(`a pause of ${JSON.stringify(pause_seconds)} is refused`, async (t) => {
		const { sends, someone } = await openPausing(t)
		const { status, body } = await sends({ to: someone(), pause_seconds })
		assert.deepEqual([status, body.field], [400, 'pause_seconds'])
	})

test('a message that pauses is kept, and leaves at once after a restart', async (t) => {
	const { gateway, sandbox, sent, sends, stranger, clock } = await openPausing(t, {}, 3)
	const bo = stranger()
	await sent({ to: stranger().account.phone })
	const sending = sends({ to: bo.account.phone, pause_seconds: 300 })
	await clock.upcoming()
	await gateway.stop()
	assert.equal((await sending).status, 202)
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox, governorClock: clock })
	again.start()
	await again.becomes('main', 'open')
	await bo.receives('hi')
})

test('a message whose connection is lost while it pauses leaves once, at the end of its pause', async (t) => {
	const world = await openPausing(t)
	const { gateway, sandbox, owner, sent, sends, stranger, someone, clock } = world
	const bo = stranger()
	await sent({ to: someone() })
	const sending = sends({ to: bo.account.phone, text: 'once', pause_seconds: 300 })
	await clock.upcoming()
	sandbox.whatsapp.drops(owner.account)
	await until('it is gone', async () => (await gateway.statusOf('main')) !== 'open')
	await gateway.becomes('main', 'open')
	assert.equal(bo.inbox.entries.length, 0)
	clock.advance(300_000)
	const { status, text, body } = await sending
	assert.equal(status, 200, text)
	// What comes after it in its chat would come after a second one, too.
	await sent({ to: bo.account.phone, text: 'next' })
	await bo.receives('next')
	const left = sandbox.whatsapp.log.list(
		({ direction, stanza }) => direction === 'in' && stanza?.attrs.id === body.message_id,
	)
	assert.equal(left.filter(({ stanza }) => stanza.tag === 'message').length, 1)
})

test('with GOVERNOR=off a pause is seen on the phone', async (t) => {
	const { gateway, sandbox, ada } = await linkedGateway(t, { governor: 'off' })
	const bo = sandbox.phone('491700000003', { name: 'Bo' })
	const send = async (to: string, more = {}) => {
		const request = { to, text: 'hi', ...more }
		const answer = await gateway.request('POST', '/api/v1/sessions/main/messages/text', request)
		assert.equal(answer.status, 200, answer.text)
	}
	await send(ada.account.phone)
	await ada.receives('hi')
	const begun = performance.now()
	let arrived = 0
	const arrives = bo.receives('hi').then(() => (arrived = performance.now()))
	await send(bo.account.phone, { pause_seconds: 2 })
	await arrives
	// The first has left a moment before its phone had it.
	assert.ok(arrived - begun > 1_000, `${arrived - begun}`)
})
