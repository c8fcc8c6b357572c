import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { ADMIN_KEY } from '../../support/gateway/gateway.ts'
import { until } from '../../support/wait.ts'
import { listen } from '../../support/delivery/listener.ts'
import { openReceiver, type Post } from '../../support/delivery/receiver.ts'
import { addHook, HOOKS, seededGateway, withReceiver } from '../../support/delivery/world.ts'

const verify = (secret: string, { raw, headers }: Post) =>
	new Webhook(secret).verify(raw, headers as Record<string, string>)

test('deliveries are signed with both secrets for a day after a rotation', async (t) => {
	let now = Date.now()
	const { gateway } = await seededGateway(t, 1, 1, {
		delivery: { clock: { now: () => now, after: () => () => {} } },
	})
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url)
	const tried = async () => {
		await gateway.request('POST', `${hook.path}/test`)
		return receiver.posts.at(-1)!
	}
	verify(hook.secret, await tried())
	const { secret, previous_secret_until } = (await gateway.request('POST', `${hook.path}/rotate`))
		.body
	assert.notEqual(secret, hook.secret)
	assert.equal(Date.parse(previous_secret_until), now + 24 * 60 * 60 * 1000)
	const post = await tried()
	assert.equal(String(post.headers['webhook-signature']).split(' ').length, 2)
	verify(secret, post)
	verify(hook.secret, post)
	now += 24 * 60 * 60 * 1000 + 1
	const late = await tried()
	assert.equal(String(late.headers['webhook-signature']).split(' ').length, 1)
	assert.equal((await gateway.request('GET', HOOKS)).text.includes('whsec_'), false)
})

test('a test event shows what the receiver answered', async (t) => {
	const { gateway } = await seededGateway(t, 1, 1)
	const receiver = await openReceiver(t, (_, answer) => {
		answer.writeHead(418).end('short and stout')
	})
	const hook = await addHook(gateway, receiver.url)
	const answer = await gateway.request('POST', `${hook.path}/test`)
	const said = { taken: false, status: 418, why: 'answered 418', answer: 'short and stout' }
	assert.deepEqual(answer.body, said)
	assert.equal(receiver.posts[0]!.event.type, 'webhook.test')
	assert.deepEqual(receiver.posts[0]!.event.data, { webhook: hook.id })
	receiver.close()
	const silence = (await gateway.request('POST', `${hook.path}/test`)).body
	assert.deepEqual([silence.taken, silence.status, silence.why], [false, null, 'ECONNREFUSED'])
	const delivery = await until('it is open', async () => (await hook.state()).delivery)
	assert.equal(delivery.down_since, null)
})

test('custom headers go with every delivery, are never shown again, and cannot replace ours', async (t) => {
	const { gateway } = await seededGateway(t, 1, 1)
	const receiver = await openReceiver(t)
	const hook = await addHook(gateway, receiver.url, { headers: { 'X-Token': 'hush-1' } })
	await gateway.request('POST', `${hook.path}/test`)
	assert.equal(receiver.posts[0]!.headers['x-token'], 'hush-1')
	assert.deepEqual((await hook.state()).header_names, ['x-token'])
	const shown = (await gateway.request('GET', HOOKS)).text
	assert.ok(!shown.includes('hush-1'))
	for (const name of ['webhook-id', 'Content-Type', 'Host', 'a b'])
		assert.equal(
			(await hook.change({ headers: { [name]: 'x' } })).body.code,
			'invalid_request',
			name,
		)
	assert.equal((await hook.change({ headers: { a: 'x\r\ny: z' } })).body.code, 'invalid_request')
})

test('a webhook is deleted by a request without body and content length, as n8n makes it', async (t) => {
	const { gateway } = await seededGateway(t, 1, 0)
	const hook = await addHook(gateway, (await openReceiver(t)).url)
	const port = await listen(t, gateway)
	const headers = { 'x-api-key': ADMIN_KEY }
	const asked = request({ port, path: hook.path, method: 'DELETE', headers }).end()
	const [answer] = (await once(asked, 'response')) as [IncomingMessage]
	assert.equal(answer.statusCode, 204)
})

test('a webhook of an admin that a member points elsewhere reaches private networks no more', async (t) => {
	const { gateway } = await seededGateway(t, 1, 1)
	const hook = await addHook(gateway, 'http://10.0.0.1/hook')
	const { key } = (
		await gateway.request('POST', '/api/v1/keys', { name: 'm', role: 'member', sessions: ['main'] })
	).body
	const headers = { 'x-api-key': key, 'content-type': 'application/json' }
	const moved = await gateway.request('PATCH', hook.path, { url: 'http://10.0.0.2/' }, headers)
	assert.equal(moved.body.code, 'webhook_target_refused')
	const admin = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' }
	assert.equal(
		(await gateway.request('PATCH', hook.path, { url: 'http://10.0.0.2/' }, admin)).status,
		200,
	)
})

test('a webhook filters by type, chat, kind, author and text', async (t) => {
	const { gateway, sandbox, ada, owner } = await withReceiver(t)
	const bob = sandbox.phone('491700000003', { name: 'Bob' })
	const choices: [object, string[]][] = [
		[{ events: ['*'], filter: { chats: ['+49 1700 000003'] } }, ['Bob: order 12']],
		[{ events: ['message.*'] }, ['hello', 'Bob: order 12', 'mine']],
		[{ events: ['message.*'], filter: { from_me: 'only' } }, ['mine']],
		[{ events: ['message.*'], filter: { from_me: 'exclude' } }, ['hello', 'Bob: order 12']],
		[{ filter: { kinds: ['group'] } }, []],
		[{ filter: { kinds: ['direct'] } }, ['hello', 'Bob: order 12']],
		[{ filter: { text_contains: 'ORDER' } }, ['Bob: order 12']],
		[{ filter: { text_matches: 'order \\d+$' } }, ['Bob: order 12']],
		[{ filter: { chats: ['491700000002'], text_contains: 'order' } }, []],
	]
	const hooks = []
	for (const [wanted] of choices) {
		const receiver = await openReceiver(t)
		hooks.push({ receiver, hook: await addHook(gateway, receiver.url, wanted) })
	}
	const all = await openReceiver(t)
	await addHook(gateway, all.url, { events: ['*'] })
	await ada.says('hello', { to: owner })
	await bob.says('Bob: order 12', { to: owner })
	await owner.says('mine', { to: ada })
	for (const text of ['hello', 'Bob: order 12', 'mine'])
		await all.gets(({ event }) => event.data.text === text)
	for (const [n, { receiver, hook }] of hooks.entries()) {
		await hook.drained()
		const texts = receiver.posts.map(({ event }) => event.data.text).filter(Boolean)
		assert.deepEqual(texts.sort(), choices[n]![1].sort(), JSON.stringify(choices[n]![0]))
	}
	const wrong = [
		{ events: ['message.nothing'] },
		{ filter: { text_matches: '(' } },
		{ filter: { text_matches: 'x'.repeat(201) } },
		{ filter: { colour: 'red' } },
		{ filter: { types: ['letter'] } },
		{ filter: { types: ['gif'] } },
	]
	for (const body of wrong) {
		const answer = await gateway.request('POST', HOOKS, { url: all.url, ...body })
		assert.equal(answer.body.code, 'invalid_request', JSON.stringify(body))
	}
})

test('a webhook gets messages of the types it asks for, and what is no message', async (t) => {
	const { gateway, ada, owner } = await withReceiver(t)
	const choices: [types: string[], told: string[]][] = [
		[['text'], ['text', 'message.reaction']],
		[
			['location', 'poll'],
			['location', 'message.reaction'],
		],
		[['audio'], ['message.reaction']],
		[[], ['text', 'location', 'message.reaction']],
	]
	const hooks = []
	for (const [types] of choices) {
		const receiver = await openReceiver(t)
		const events = ['message.received', 'message.reaction']
		hooks.push({
			receiver,
			hook: await addHook(gateway, receiver.url, { events, filter: { types } }),
		})
	}
	const id = await ada.says('hello', { to: owner })
	await ada.sends(
		{ locationMessage: { degreesLatitude: 52.5, degreesLongitude: 13.4 } },
		{ to: owner },
	)
	await ada.reacts(id, '👍')
	for (const [n, { receiver, hook }] of hooks.entries()) {
		await receiver.gets(({ event }) => event.type === 'message.reaction')
		await hook.drained()
		const told = receiver.posts.map(({ event }) => event.data.type ?? event.type)
		assert.deepEqual(told, choices[n]![1])
	}
})
