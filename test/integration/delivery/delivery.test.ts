import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { newSecret, signatureHeaders } from '../../../gateway/src/delivery/signature.ts'
import { until } from '../../support/wait.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver, type Post } from '../../support/gateway/receiver.ts'

const HOOKS = '/api/v1/sessions/main/webhooks'
const at = 'webhook-timestamp'

async function withReceiver(t: TestContext, answer?: (post: Post) => number) {
	const linked = await linkedGateway(t, { delivery: { schedule: { waits: [0, 1, 1, 1] } } })
	const receiver = await openReceiver(t, answer)
	const hook = { url: receiver.url, events: ['message.received'] }
	await linked.gateway.request('POST', HOOKS, hook)
	return { ...linked, receiver }
}

test('signatures are accepted by the library of the standard, whatever the body', () => {
	const bodies = [
		'{}',
		JSON.stringify({ text: 'Grüße 👋 "quoted" \u2028' }),
		'x'.repeat(256 * 1024),
	]
	for (const body of bodies) {
		const secret = newSecret()
		const headers = signatureHeaders(secret, 'evt_1', body)
		new Webhook(secret).verify(body.startsWith('x') ? JSON.stringify(body) : body, {
			...headers,
			...(body.startsWith('x') && signatureHeaders(secret, 'evt_1', JSON.stringify(body))),
		})
	}
})

test('a signature does not fit another body, id, time or secret', () => {
	const secret = newSecret()
	const headers = signatureHeaders(secret, 'evt_1', '{"a":1}')
	const refuses = (body: string, changed: object, with_ = secret) =>
		assert.throws(() => new Webhook(with_).verify(body, { ...headers, ...changed }))
	refuses('{"a":2}', {})
	refuses('{"a":1}', { 'webhook-id': 'evt_2' })
	refuses('{"a":1}', { [at]: String(Number(headers[at]) + 1) })
	refuses('{"a":1}', {}, newSecret())
	refuses('{"a":1}', signatureHeaders(secret, 'evt_1', '{"a":1}', new Date(Date.now() - 600_000)))
})

test('an event is attempted again with the same id and body until it is accepted', async (t) => {
	let failures = 2
	const { ada, owner, receiver } = await withReceiver(t, () => (failures-- > 0 ? 503 : 200))
	await ada.says('please', { to: owner })
	await until('the third attempt', () => receiver.posts.length === 3)
	assert.equal(new Set(receiver.posts.map(({ headers }) => headers['webhook-id'])).size, 1)
	assert.equal(new Set(receiver.posts.map(({ raw }) => raw)).size, 1)
})

test('messages of one chat arrive in order, even if the first is attempted again', async (t) => {
	let failures = 2
	const { ada, owner, receiver } = await withReceiver(t, ({ event }) =>
		event.data.text === '1' && failures-- > 0 ? 500 : 200,
	)
	for (const text of ['1', '2', '3']) await ada.says(text, { to: owner })
	await receiver.gets(({ event }) => event.data.text === '3')
	const texts = receiver.posts.map(({ event }) => event.data.text)
	assert.deepEqual(texts, ['1', '1', '1', '2', '3'])
})

test('a chat whose events are refused does not hold up another', async (t) => {
	const { sandbox, ada, owner, receiver } = await withReceiver(t, ({ event }) =>
		event.data.sender.name === 'Ada' ? 500 : 200,
	)
	const bob = sandbox.phone('491700000003', { name: 'Bob' })
	await ada.says('from Ada', { to: owner })
	await bob.says('from Bob', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'from Bob')
})

test('a redirect is not followed', async (t) => {
	const { ada, owner, receiver } = await withReceiver(t, () => 302)
	await ada.says('anywhere', { to: owner })
	await until('all attempts', () => receiver.posts.length === 4)
})

test('a webhook whose target answers 410 Gone is disabled', async (t) => {
	const { gateway, ada, owner, receiver } = await withReceiver(t, () => 410)
	await ada.says('one', { to: owner })
	await until('it is disabled', async () => {
		const { webhooks } = (await gateway.request('GET', HOOKS)).body
		return webhooks[0].disabled_at !== null
	})
	await ada.says('two', { to: owner })
	const other = await openReceiver(t)
	await gateway.request('POST', HOOKS, { url: other.url })
	await ada.says('three', { to: owner })
	await other.gets(({ event }) => event.data.text === 'three')
	assert.equal(receiver.posts.length, 1)
})

test('a webhook gets only the events it asked for, and none after it is deleted', async (t) => {
	const { gateway, ada, owner, receiver } = await withReceiver(t)
	const { body } = await gateway.request('GET', HOOKS)
	assert.ok(!('secret' in body.webhooks[0]))
	await gateway.request('DELETE', `${HOOKS}/${body.webhooks[0].id}`)
	const other = await openReceiver(t)
	const all = await gateway.request('POST', HOOKS, { url: other.url })
	assert.deepEqual(all.body.events, ['*'])
	await ada.says('hi', { to: owner })
	await other.gets(({ event }) => event.type === 'message.received')
	assert.equal(receiver.posts.length, 0)
	const wrong = await gateway.request('POST', HOOKS, { url: other.url, events: ['message.gone'] })
	assert.equal(wrong.body.code, 'invalid_request')
})
