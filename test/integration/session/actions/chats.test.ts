import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test, type TestContext } from 'node:test'
import { linkedGateway } from '../../../support/gateway/gateway.ts'
import { openReceiver } from '../../../support/gateway/receiver.ts'
import { until } from '../../../support/wait.ts'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, ada, owner } = world
	const receiver = await openReceiver(t)
	const post = (path: string, body: object) =>
		gateway.request('POST', `/api/v1/sessions/main/${path}`, body)
	await post('webhooks', { url: receiver.url, events: ['message.received'] })
	return {
		...world,
		post,
		does: async (path: string, body: object) => {
			const { status, body: answer, text } = await post(path, body)
			assert.deepEqual([status, answer], [200, { success: true }], text)
		},
		adaSays: async (text: string, to: Parameters<typeof ada.says>[1]['to'] = owner) => {
			const id = await ada.says(text, { to })
			await receiver.gets(({ event }) => event.data.message_id === id)
			return id
		},
	}
}

const isRead = (phone: { receipts: { id: string; type: string }[] }, id: string) =>
	until(`${id} is read`, () =>
		phone.receipts.some((receipt) => receipt.id === id && receipt.type === 'read'),
	)

test('authors see that their messages were read, by any name of the chat', async (t) => {
	const { ada, does, adaSays } = await openWorld(t)
	const ids = [await adaSays('one'), await adaSays('two'), await adaSays('three')]
	await does('messages/read', { chat_jid: ada.account.phone, message_ids: ids.slice(0, 2) })
	for (const id of ids.slice(0, 2)) await isRead(ada, id)
	assert.ok(!ada.receipts.some(({ id, type }) => id === ids[2] && type === 'read'))
	await does('messages/read', { to: `${ada.account.phone}@c.us`, message_ids: [ids[2]] })
	await isRead(ada, ids[2]!)
	await does('messages/read', { chat: `${ada.account.lid}@lid`, message_ids: ids })
})

for (const addressing of ['pn', 'lid'] as const) {
	test(`messages of a group (${addressing}) are read, each of its author`, async (t) => {
		const { ada, owner, sandbox, does, post, adaSays } = await openWorld(t)
		const bora = sandbox.phone('491700000003', { name: 'Bora' })
		const group = ada.createsGroup('Team', [owner, bora], { addressing })
		const theirs = await adaSays('hi all', group)
		await does('messages/read', { chat_jid: group, message_ids: [theirs] })
		await isRead(ada, theirs)

		const chat_jid = group
		const message_ids = ['3EB0FFFFFFFFFFFFFFFFFF']
		const { status, body } = await post('messages/read', { chat_jid, message_ids })
		assert.deepEqual([status, body.field], [404, 'sender'])
		await does('messages/read', { chat_jid, message_ids, sender: bora.account.phone })
		await isRead(bora, message_ids[0]!)
		assert.ok(!ada.receipts.some(({ id }) => id === message_ids[0]))
	})
}

test('marking as read needs message ids', async (t) => {
	const { post } = await openWorld(t)
	for (const [body, field] of [
		[{ message_ids: ['A'] }, 'chat_jid'],
		[{ chat: '4930123456' }, 'message_ids'],
		[{ chat: '4930123456', message_ids: [] }, 'message_ids'],
		[{ chat: 'Ann', message_ids: ['A'] }, 'chat_jid'],
		[{ chat: '4930123456', message_ids: ['A'], sender: 'Ann' }, 'sender'],
	] as const) {
		const { status, body: answer, text } = await post('messages/read', body)
		assert.deepEqual([status, answer.field], [400, field], text)
	}
})

test('a contact sees typing and recording', async (t) => {
	const { ada, owner, does, post } = await openWorld(t)
	const from = [`${owner.account.phone}@s.whatsapp.net`, `${owner.account.lid}@lid`]
	for (const to of [ada.account.phone, `${ada.account.lid}@lid`])
		for (const [state, seen] of [
			['typing', 'composing'],
			['composing', 'composing'],
			['recording', 'recording'],
			['paused', 'paused'],
		]) {
			const typing = once(ada.events, 'typing')
			await does('chatstate/send', { to, state })
			const [shown] = await typing
			assert.ok(from.includes(shown.from), shown.from)
			assert.equal(shown.state, seen)
		}
	const { status, body } = await post('chatstate/send', { to: ada.account.phone, state: 'eating' })
	assert.deepEqual([status, body.field], [400, 'state'])
})

test('an account shows whether it is online', async (t) => {
	const { owner, sandbox, does } = await openWorld(t)
	const isOnline = (wanted: boolean) =>
		until(`online is ${wanted}`, () => sandbox.whatsapp.online.has(owner.account) === wanted)
	await does('presence', { state: 'available' })
	await isOnline(true)
	await does('presence/set', { status: 'unavailable' })
	await isOnline(false)
})

test('messages of a chat disappear from now on', async (t) => {
	const { ada, owner, sandbox, does, post } = await openWorld(t)
	await does(`chats/${ada.account.phone}/disappearing`, { seconds: 604_800 })
	const { message } = await ada.receives(({ message }) => !!message?.ephemeralMessage)
	const { protocolMessage: setting } = message!.ephemeralMessage!.message!
	assert.equal(setting?.ephemeralExpiration, 604_800)

	const group = owner.createsGroup('Team', [ada])
	const timerOf = () => sandbox.whatsapp.directory.groups.get(group)?.ephemeral
	await does(`chats/${group}/disappearing`, { seconds: 86_400 })
	assert.equal(timerOf(), 86_400)
	await does(`chats/${group}/disappearing`, { seconds: 0 })
	assert.ok(!timerOf())

	for (const [chat, seconds, field] of [
		[ada.account.phone, 60, 'seconds'],
		['120363000000000000@newsletter', 0, 'jid'],
		['Ann', 0, 'jid'],
	] as const) {
		const { status, body, text } = await post(`chats/${chat}/disappearing`, { seconds })
		assert.deepEqual([status, body.field], [400, field], text)
	}
})

test('a refusal of WhatsApp is reported', async (t) => {
	const { ada, post } = await openWorld(t)
	const theirs = ada.createsGroup('Theirs', [])
	const { status, body, text } = await post(`chats/${theirs}/disappearing`, { seconds: 0 })
	assert.deepEqual(
		[status, body.code, body.whatsapp_code],
		[403, 'whatsapp_forbidden', '403'],
		text,
	)
})

test('a message is starred for all devices of the account', async (t) => {
	const { ada, owner, does, post, adaSays } = await openWorld(t)
	const message_id = await adaSays('remember this')
	const patches = () => Object.values(owner.account.appState ?? {}).flat().length
	const before = patches()
	await does('messages/star', { message_id })
	assert.equal(patches(), before + 1)
	await does('messages/star', { message_id, star: false })
	assert.equal(patches(), before + 2)

	const unknown = { message_id: '3EB0FFFFFFFFFFFFFFFFFF' }
	const { status, body } = await post('messages/star', unknown)
	assert.deepEqual([status, body.field], [404, 'chat'])
	await does('messages/star', { ...unknown, chat: ada.account.phone, from_me: true })
	assert.equal(patches(), before + 3)
})
