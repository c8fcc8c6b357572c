import assert from 'node:assert/strict'
import { test } from 'node:test'
import { typingOf } from '../../../../gateway/src/session/send/typing.ts'
import { linkedGateway, openGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const ADA = '491700000002@s.whatsapp.net'
const text = (length: number) => ({ conversation: 'x'.repeat(length) })
const note = (seconds: number) => ({ audioMessage: { ptt: true, seconds } })

const lengths = [
	{ of: 'nothing that nobody asks for', wish: {}, said: text(20), shown: undefined },
	{ of: 'nothing that is refused', wish: { typing: false }, said: text(20), shown: undefined },
	{ of: 'a short text: at least a second', wish: { typing: true }, said: text(2), shown: 1_000 },
	{ of: 'a text by its length', wish: { typing: true }, said: text(50), shown: 4_000 },
	{
		of: 'a long text: at most 15 seconds',
		wish: { typing: true },
		said: text(9_000),
		shown: 15_000,
	},
	{ of: 'a number of seconds', wish: { typing_seconds: 30 }, said: text(2), shown: 30_000 },
	{ of: 'a voice note by how long it is', wish: { typing: true }, said: note(7), shown: 7_000 },
	{ of: 'a long voice note: at most 15 s', wish: { typing: true }, said: note(90), shown: 15_000 },
]
for (const { of, wish, said, shown } of lengths)
	test(`typing is shown for ${of}`, () => {
		assert.equal(typingOf(wish, ADA, said)?.ms, shown)
	})

for (const chat of ['12@newsletter', 'status@broadcast'])
	test(`typing is not shown to ${chat}`, () => {
		assert.equal(typingOf({ typing: true }, chat, text(9)), undefined)
	})

const states = [
	{ of: 'a voice note', said: note(3), state: 'recording' },
	{ of: 'a video note', said: { ptvMessage: { seconds: 3 } }, state: 'recording' },
	{ of: 'an audio file', said: { audioMessage: { seconds: 300 } }, state: 'composing' },
	{ of: 'a picture', said: { imageMessage: { caption: 'Look' } }, state: 'composing' },
]
for (const { of, said, state } of states)
	test(`before ${of} the chat shows ${state}`, () => {
		assert.equal(typingOf({ typing: true }, ADA, said)?.state, state)
	})

test('a message that is being typed keeps its place in the chat, holds up no other chat, and outlives a restart', async (t) => {
	const { gateway, sandbox, ada } = await linkedGateway(t)
	const bo = sandbox.phone('491700000003', { name: 'Bo' })
	const seen: string[] = []
	ada.events.on('typing', ({ state }) => seen.push(state))
	const send = (to: string, said: string, more = {}) =>
		gateway.request('POST', '/api/v1/sessions/main/messages/text', { to, text: said, ...more })
	const arrived = () => ada.inbox.entries.map(({ id }) => id)

	const typed = send(ada.account.phone, 'first', { typing_seconds: 1.5 })
	await until('typing is shown', () => seen.includes('composing'))
	const next = send(ada.account.phone, 'second')
	const elsewhere = await send(bo.account.phone, 'to somebody else')
	assert.equal(elsewhere.status, 200, elsewhere.text)
	assert.deepEqual(arrived(), [], 'nothing has overtaken')
	const answers = await Promise.all([typed, next])
	for (const { status, text } of answers) assert.equal(status, 200, text)
	const ids = answers.map(({ body }) => body.message_id)
	for (const id of ids) await ada.receives((message) => message.id === id)
	assert.deepEqual(arrived(), ids)

	seen.length = 0
	const interrupted = send(ada.account.phone, 'third', { typing_seconds: 50 })
	await until('typing is shown', () => seen.includes('composing'))
	await gateway.stop()
	const { status, body } = await interrupted
	assert.equal(status, 202)
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await again.becomes('main', 'open')
	await ada.receives((message) => message.id === body.message_id)
	assert.deepEqual(arrived(), [...ids, body.message_id])
})

test('too many seconds of typing are refused', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	for (const typing_seconds of [0, -1, 61]) {
		const request = { to: ada.account.phone, text: 'hi', typing_seconds }
		const { status, body } = await gateway.request(
			'POST',
			'/api/v1/sessions/main/messages/text',
			request,
		)
		assert.deepEqual([status, body.field], [400, 'typing_seconds'])
	}
})
