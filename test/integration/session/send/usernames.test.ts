import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { until } from '../../../support/wait.ts'

const SESSION = '/api/v1/sessions/main'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, sandbox, ada } = world
	ada.account.username = 'ada.l'
	const bora = sandbox.phone('491700000003', { name: 'Bora' })
	return {
		...world,
		bora,
		post: (to: string, text: string, key?: string) =>
			gateway.request(
				'POST',
				`${SESSION}/messages/text`,
				{ to, text },
				key ? headers(key) : undefined,
			),
		events: async () =>
			(await gateway.request('GET', `${SESSION}/events?limit=100`)).body.events as {
				type: string
				data: any
			}[],
		/** The usernames that WhatsApp was asked for. */
		lookUps: () =>
			sandbox.whatsapp.log
				.list(({ direction, stanza }) => direction === 'in' && stanza.attrs.xmlns === 'usync')
				.flatMap(({ stanza }) => JSON.stringify(stanza).match(/(?<="username":")[^"]+/g) ?? []),
	}
}

const headers = (key: string) => ({
	'x-api-key': 'an-admin-key-for-tests-only',
	'content-type': 'application/json',
	'idempotency-key': key,
})

test('a message to a username goes to whoever has it', async (t) => {
	const { post, ada, bora, lookUps, gateway, events, owner } = await openWorld(t)
	const first = await post('@ada.l', 'hi', 'one')
	assert.equal(first.status, 200, first.text)
	assert.equal((await ada.receives('hi')).id, first.body.message_id)
	const again = await post('@ada.l', 'hi', 'one')
	assert.equal(again.body.message_id, first.body.message_id)
	assert.equal((await post('@Ada.L', 'hello')).status, 200)
	await ada.receives('hello')
	assert.deepEqual(lookUps(), ['ada.l'], 'it is known for some time')
	assert.equal(bora.inbox.entries.length, 0)

	const id = await ada.says('who are you?', { to: owner })
	const { data } = await until('it has come', async () =>
		(await events()).find((event) => event.data.message_id === id),
	)
	assert.equal(data.sender.username, 'ada.l')
	const { body } = await gateway.request('GET', `${SESSION}/contacts/${ada.account.phone}`)
	assert.equal(body.username, 'ada.l', JSON.stringify(body))
})

test('a group message brings the username of its sender', async (t) => {
	const { ada, owner, events } = await openWorld(t)
	const group = ada.createsGroup('Team', [owner])
	const id = await ada.says('hi all', { to: group })
	const { data } = await until('it has come', async () =>
		(await events()).find((event) => event.data.message_id === id),
	)
	assert.equal(data.sender.username, 'ada.l')
	assert.equal(data.chat.username, undefined)
})

test('a username with a key is found with that key only', async (t) => {
	const { post, ada } = await openWorld(t)
	ada.account.usernameKey = '4711'
	for (const to of ['@ada.l', '@ada.l:1234']) {
		const { status, body } = await post(to, 'hi')
		assert.deepEqual([status, body.code, body.field], [400, 'invalid_recipient', 'to'])
		assert.match(body.detail, /key of four digits/)
	}
	assert.equal((await post('@ada.l:4711', 'hi')).status, 200)
	await ada.receives('hi')
})

test('a username that nobody has is refused naming the field', async (t) => {
	const { post } = await openWorld(t)
	const { status, body } = await post('@nobody.here', 'hi')
	assert.deepEqual([status, body.code, body.field], [422, 'recipient_not_on_whatsapp', 'to'])
	assert.match(body.detail, /@nobody\.here/)
})

test('where WhatsApp does not look up usernames, the answer says so', async (t) => {
	const { post, sandbox, owner } = await openWorld(t)
	sandbox.whatsapp.hidesUsernames = true
	const { status, body } = await post('@ada.l', 'hi')
	assert.deepEqual(
		[status, body.code, body.field, body.whatsapp_code],
		[422, 'recipient_not_on_whatsapp', 'to', '501'],
	)
	assert.match(body.detail, /phone number or a LID/)
	assert.equal(owner.inbox.entries.length, 0)
})

test('what is no username is refused without a question', async (t) => {
	const { post, lookUps } = await openWorld(t)
	for (const to of ['@', '@ab', '@s.whatsapp.net', '@lid', '@1234', '@a b c', '@ada.l:12']) {
		const { status, body } = await post(to, 'hi')
		assert.deepEqual([status, body.code, body.field], [400, 'invalid_recipient', 'to'], to)
	}
	assert.deepEqual(lookUps(), [])
})
