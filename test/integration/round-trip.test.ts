import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { Storage } from '../../gateway/src/storage/driver.ts'
import { layered, slow } from '../support/storage.ts'
import { until } from '../support/wait.ts'
import { linkedGateway, openGateway } from '../support/gateway/gateway.ts'
import { openReceiver } from '../support/gateway/receiver.ts'

const SEND = '/api/v1/sessions/main/messages/text'
const HOOKS = '/api/v1/sessions/main/webhooks'

test('a text sent by HTTP is what the phone decrypts', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const sent = await gateway.request('POST', SEND, { to: '+49 170 0000002', text: 'Hällo 👋' })
	assert.equal(sent.status, 200)
	assert.deepEqual(Object.keys(sent.body), ['message_id', 'timestamp', 'to'])
	const received = await ada.receives('Hällo 👋')
	assert.equal(received.id, sent.body.message_id)
	assert.match(received.id, /^3EB0[0-9A-F]{18}$/)
	assert.equal(sent.body.to, '491700000002@s.whatsapp.net')
	assert.ok(Math.abs(sent.body.timestamp - Date.now() / 1000) < 60)
})

test('every form that names a person reaches that person', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const digits = ada.account.phone
	const forms = [
		digits,
		`+${digits}`,
		`00${digits}`,
		`${digits}@s.whatsapp.net`,
		`${digits}@c.us`,
		`${ada.account.lid}@lid`,
	]
	for (const [index, to] of forms.entries()) {
		const { status, text } = await gateway.request('POST', SEND, { to, text: `form ${index}` })
		assert.equal(status, 200, `${to}: ${text}`)
		await ada.receives(`form ${index}`)
	}
})

test('a text from a phone comes to the webhook, signed, and can be answered', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	const hook = await gateway.request('POST', HOOKS, {
		url: receiver.url,
		events: ['message.received'],
	})
	assert.equal(hook.status, 201)

	const id = await ada.says('hello', { to: owner })
	const { headers, raw, event } = await receiver.gets()
	new Webhook(hook.body.secret).verify(raw, headers as Record<string, string>)
	assert.match(event.id, /^evt_[0-9A-HJKMNP-TV-Z]{26}$/)
	assert.equal(headers['webhook-id'], event.id)
	assert.equal(event.type, 'message.received')
	assert.equal(event.session, 'main')
	const { timestamp, ...data } = event.data
	const person = {
		id: '491700000002@s.whatsapp.net',
		phone: '491700000002',
		lid: `${ada.account.lid}@lid`,
		name: 'Ada',
	}
	assert.deepEqual(data, {
		message_id: id,
		type: 'text',
		text: 'hello',
		chat: person,
		sender: person,
		from_me: false,
		reply_to: null,
	})
	assert.ok(Number.isInteger(timestamp))

	const answer = { to: event.data.chat.id, text: 'hi Ada', reply_to: id }
	assert.equal((await gateway.request('POST', SEND, answer)).status, 200)
	const { message } = await ada.receives('hi Ada')
	assert.equal(message?.extendedTextMessage?.contextInfo?.stanzaId, id)
})

test('after a restart both ways work, with no new pairing, and nothing sent meanwhile is missing', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', HOOKS, { url: receiver.url, events: ['message.received'] })
	await gateway.request('POST', SEND, { to: ada.account.phone, text: 'before' })
	await ada.says('one', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'one')
	await gateway.stop()
	await ada.says('while you were away', { to: owner })

	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	await again.becomes('main', 'open')
	await receiver.gets(({ event }) => event.data.text === 'while you were away')
	await again.request('POST', SEND, { to: ada.account.phone, text: 'after' })
	await ada.receives('after')
	await ada.says('two', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'two')
	const texts = receiver.posts.map(({ event }) => event.data.text)
	assert.deepEqual(texts, ['one', 'while you were away', 'two'])
	const numbers = receiver.posts.map(({ event }) => event.seq)
	assert.deepEqual(
		numbers,
		[...new Set(numbers)].sort((a, b) => a - b),
	)
	assert.equal(owner.account.devices.length, 2)
})

test('the first messages of a new contact arrive in order', async (t) => {
	// The slower the disk, the longer it takes to keep who the sender is.
	const through = (storage: Storage) => layered(storage, [slow(() => 20)])
	const { gateway, ada, owner } = await linkedGateway(t, { through })
	const texts = Array.from({ length: 20 }, (_, n) => `message ${n}`)
	for (const text of texts) {
		await ada.says(text, { to: owner })
		await pause(2)
	}
	const events = await until('all have come', async () => {
		const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?after=0&limit=100')
		const received = body.events.filter(({ type }: any) => type === 'message.received')
		return received.length === texts.length && received
	})
	assert.deepEqual(
		events.map(({ data }: any) => data.text),
		texts,
	)
})

test('messages from the phone of the account are message.sent, not message.received', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', HOOKS, {
		url: receiver.url,
		events: ['message.sent', 'message.received'],
	})
	await gateway.request('POST', SEND, { to: ada.account.phone, text: 'by the gateway' })
	await owner.says('by hand', { to: ada })
	const { event } = await receiver.gets()
	assert.equal(event.type, 'message.sent')
	assert.equal(event.data.text, 'by hand')
	assert.equal(event.data.from_me, true)
	assert.equal(event.data.sender.phone, owner.account.phone)
	assert.equal(event.data.chat.phone, ada.account.phone)
})

test('a message that is delivered twice is delivered to webhooks once', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	await gateway.request('POST', HOOKS, { url: receiver.url, events: ['message.received'] })
	const id = await ada.says('once', { to: owner })
	await receiver.gets()
	sandbox.whatsapp.redelivers(owner.account, id)
	await ada.says('next', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'next')
	assert.equal(receiver.posts.length, 2)
})

test('a message shows its delivery status', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const { body } = await gateway.request('POST', SEND, { to: ada.account.phone, text: 'how far?' })
	ada.reads(await ada.receives('how far?'))
	const path = `/api/v1/sessions/main/messages/${body.message_id}`
	const message = await until('it is read', async () => {
		const answer = await gateway.request('GET', path)
		return answer.body.status === 'read' && answer.body
	})
	assert.equal(message.to, '491700000002@s.whatsapp.net')
	assert.ok(message.times.accepted && message.times.sent && message.times.read)
})

test('a send is pending while WhatsApp has not answered', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t, { sendTimeout: 0.5 })
	sandbox.whatsapp.faults.holdAcks(owner.account.phone)
	const answer = await gateway.request('POST', SEND, { to: ada.account.phone, text: 'hm' })
	assert.equal(answer.status, 202)
	assert.equal(answer.body.status, 'pending')
	await ada.receives('hm')
})

test('a send that WhatsApp refuses fails with its code', async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	const refused = [
		[420, 422, 'whatsapp_refused'],
		[400, 400, 'invalid_request'],
		[403, 403, 'whatsapp_forbidden'],
		[404, 404, 'whatsapp_not_found'],
		[500, 502, 'whatsapp_failed'],
		[429, 429, 'whatsapp_rate_limited'],
		// The last one: after it nobody new is written to for a while.
		[463, 409, 'reachout_timelocked'],
	] as const
	for (const [code, status, name] of refused) {
		sandbox.whatsapp.faults.refuseMessages(owner.account.phone, code)
		const answer = await gateway.request('POST', SEND, { to: ada.account.phone, text: 'no' })
		assert.deepEqual([answer.status, answer.body.code], [status, name])
		assert.equal(answer.body.whatsapp_code, String(code))
	}
	const texts = sandbox.whatsapp.log.list(
		({ direction, account, device, stanza: { tag, attrs } }) =>
			direction === 'in' &&
			account === owner.account.phone &&
			device === owner.account.devices[1]!.id &&
			tag === 'message' &&
			attrs.to !== `${owner.account.phone}@s.whatsapp.net`,
	)
	const other = 1
	assert.equal(texts.length, refused.length + other, 'only 463 is, by the other name')
})

test('a number that is not on WhatsApp is refused naming the field', async (t) => {
	const { gateway } = await linkedGateway(t)
	const answer = await gateway.request('POST', SEND, { to: '4917099999999', text: 'hi' })
	assert.equal(answer.body.code, 'recipient_not_on_whatsapp')
	assert.equal(answer.body.field, 'to')
})

test('a repeated request with the same idempotency key sends once', async (t) => {
	const { gateway, ada } = await linkedGateway(t)
	const headers = {
		'x-api-key': 'an-admin-key-for-tests-only',
		'content-type': 'application/json',
		'idempotency-key': 'order-1',
	}
	const send = (text: string) =>
		gateway.request('POST', SEND, { to: ada.account.phone, text }, headers)
	const answers = await Promise.all(Array.from({ length: 50 }, () => send('once')))
	for (const { status, body } of answers) {
		assert.equal(status, 200)
		assert.deepEqual(body, answers[0]!.body)
	}
	const { copies } = await ada.receives('once')
	assert.equal(copies, 1)
	assert.equal((await send('other')).body.code, 'idempotency_key_reused')
})
