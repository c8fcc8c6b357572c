import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { openGateway, openSandbox } from '../gateway/support/gateway.ts'
import { openReceiver } from '../gateway/support/receiver.ts'
import { until } from '../support/wait.ts'
import { logOf, person, SESSION } from './world.ts'

/** A phone on which something stands already is linked to a gateway, whose webhook wants these events. */
async function linkLate(t: TestContext, events: string[]) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const group = ada.createsGroup('Crew', [owner])
	const written = Array.from({ length: 60 }, (_, n) => `before ${n}`)
	for (const text of written) await ada.says(text, { to: owner })
	await ada.says('to all', { to: group })
	await owner.receives('to all')
	const receiver = await openReceiver(t)
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await gateway.request('POST', `${SESSION}/webhooks`, { url: receiver.url, events })
	owner.scans((await gateway.request('GET', `${SESSION}/qr`)).body.qr)
	await gateway.becomes('main', 'open')
	return { owner, ada, group, written, receiver, gateway }
}

test('a webhook that asks for history is told the chats and what was written in them', async (t) => {
	const { ada, group, written, receiver, gateway } = await linkLate(t, ['history.*'])
	const told = await until('all is told', () => {
		const events = receiver.posts.map(({ event }) => event)
		const messages = events.flatMap(({ type, data }) =>
			type === 'history.messages' ? data.messages : [],
		)
		return messages.length === written.length + 1 && { events, messages }
	})
	const [first] = told.events
	assert.equal(first.type, 'history.chats')
	const chats = first.data.chats.map((each: any) => [each.chat.id, each.chat.name, each.unread])
	assert.deepEqual(
		chats.sort(),
		[
			[group, 'Crew', 1],
			[person(ada).id, null, 60],
		].sort(),
	)
	const texts = told.messages.map(({ text }: any) => text)
	assert.deepEqual([...texts].sort(), [...written, 'to all'].sort())
	for (const { data } of told.events.slice(1)) assert.ok(data.messages.length <= 50)
	const { id, phone, lid } = person(ada)
	for (const { sender, from_me } of told.messages) {
		assert.deepEqual([sender.id, sender.phone, sender.lid, from_me], [id, phone, lid, false])
	}
	const { message_id } = told.messages[0]
	const kept = await gateway.request('GET', `${SESSION}/messages/${message_id}`)
	assert.equal(kept.status, 200, 'it can be answered, and its file be got')
})

test('nobody else is told of it, and the names are learnt all the same', async (t) => {
	const { ada, owner, receiver, gateway } = await linkLate(t, ['*'])
	const nameOf = async () => {
		const { body } = await gateway.request('GET', `${SESSION}/chats`)
		return body.chats.find(({ phone }: any) => phone === ada.account.phone)?.name
	}
	await until('her name is known', async () => (await nameOf()) === 'Ada')
	await ada.says('now', { to: owner })
	await receiver.gets(({ event }) => event.type === 'message.received')
	const types = (await logOf(gateway)).map(({ type }) => type)
	assert.ok(!types.some((type) => /^history|^contact/.test(type)), types.join())
	assert.equal(types.filter((type) => type === 'message.received').length, 1)
})
