import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { until } from '../../support/wait.ts'
import { logOf, openWorld, person, SESSION } from './support/world.ts'

const { Type } = proto.Message.ProtocolMessage

test('a message shows when it was edited and when it was deleted', async (t) => {
	const { ada, owner, hears, gateway } = await openWorld(t)
	const id = await ada.says('helo', { to: owner })
	await hears('message.received')
	const message = async () =>
		(await gateway.request('GET', `${SESSION}/messages/${id}`)).body as Record<string, string>
	const before = await message()
	assert.ok(!('edited_at' in before) && !('deleted_at' in before))
	await ada.edits(id, 'hello')
	const { data } = await hears('message.edited')
	const at = new Date(data.timestamp * 1000).toISOString()
	assert.equal((await message()).edited_at, at)
	await ada.deletes(id)
	await hears('message.deleted')
	assert.ok((await message()).deleted_at)
})

test('edits and deletions on the phone of the account are applied', async (t) => {
	const { ada, owner, hears, gateway } = await openWorld(t)
	const id = await owner.says('by hand', { to: ada })
	await hears('message.sent')
	await owner.edits(id, 'by my hand')
	const { data } = await hears('message.edited')
	assert.deepEqual([data.text, data.from_me, data.message_id], ['by my hand', true, id])
	await owner.deletes(id)
	const deleted = await hears('message.deleted')
	assert.deepEqual([deleted.data.from_me, deleted.data.as_admin], [true, false])
	const { body } = await gateway.request('GET', `${SESSION}/messages/${id}`)
	assert.ok(body.edited_at && body.deleted_at)
})

test('only authors edit messages, and only authors and group admins delete them', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, owner, hears, gateway } = world
	const group = await world.group()
	const id = await ada.says('mine', { to: group })
	await hears('message.received', ({ message_id }) => message_id === id)
	const key = { remoteJid: group, id, participant: `${ada.account.lid}@lid`, fromMe: false }
	const editedMessage = { conversation: 'forged' }
	await carl.sends(
		{ protocolMessage: { key, type: Type.MESSAGE_EDIT, editedMessage } },
		{ to: group },
	)
	// In a chat of two there are no admins.
	const own = await owner.says('ours', { to: carl })
	await hears('message.sent')
	const ours = { remoteJid: 'x@lid', id: own, fromMe: false }
	await carl.sends({ protocolMessage: { key: ours, type: Type.REVOKE } }, { to: owner })
	await carl.sends({ protocolMessage: { key, type: Type.REVOKE } }, { to: owner })
	// WhatsApp refuses this one.
	await carl.sends({ protocolMessage: { key, type: Type.REVOKE } }, { to: group })
	// This one says that the message is his own, which only the stanza contradicts.
	const pretended = { ...key, fromMe: true }
	await carl.sends({ protocolMessage: { key: pretended, type: Type.REVOKE } }, { to: group })
	await carl.says('done', { to: group })
	await hears('message.received', ({ text }) => text === 'done')
	const types = (await logOf(gateway)).map(({ type }) => type)
	assert.deepEqual(
		types.filter((type) => ['message.edited', 'message.deleted'].includes(type)),
		[],
	)
	ada.groups.changes(group, { promote: [carl] })
	await carl.sends({ protocolMessage: { key, type: Type.REVOKE } }, { to: group })
	const { data } = await hears('message.deleted')
	assert.deepEqual([data.as_admin, data.sender, data.author], [true, person(carl), person(ada)])
})

test('a message that is delivered twice is one event', async (t) => {
	const { ada, owner, hears, sandbox, gateway } = await openWorld(t)
	const id = await ada.says('once', { to: owner })
	await hears('message.received')
	const acts = [await ada.reacts(id, '👍'), await ada.edits(id, 'edited'), await ada.pins(id)]
	await hears('message.pinned')
	for (const act of acts) sandbox.whatsapp.redelivers(owner.account, act)
	await ada.says('next', { to: owner })
	await hears('message.received', ({ text }) => text === 'next')
	const told = (await logOf(gateway)).filter(({ data }) => data.message_id === id)
	assert.deepEqual(
		told.map(({ type }) => type),
		['message.received', 'message.reaction', 'message.edited', 'message.pinned'],
	)
})

test('in a group each member causes one status event per step, and is shown with the message', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, posts, hears, gateway, receiver } = world
	const group = await world.group()
	const { message_id: id } = await posts('messages/text', { to: group, text: 'all?' })
	for (const phone of [ada, carl]) {
		const received = await phone.receives('all?')
		phone.reads(received)
		phone.reads(received)
		phone.plays(received)
	}
	const steps = () =>
		receiver.posts
			.map(({ event }) => event)
			.filter(({ type, data }) => type === 'message.status' && data.message_id === id)
			.map(({ data }) => `${data.by?.phone ?? 'server'} ${data.status}`)
	const people = [ada, carl].map(({ account }) => account.phone)
	const expected = people.flatMap((phone) =>
		['delivered', 'read', 'played'].map((s) => `${phone} ${s}`),
	)
	await until('everybody has heard it', () => steps().length === expected.length + 1)
	assert.deepEqual(steps().sort(), [...expected, 'server sent'].sort())
	const { body } = await gateway.request('GET', `${SESSION}/messages/${id}`)
	assert.equal(body.status, 'sent')
	assert.deepEqual(body.receipts.map(({ by }: any) => by.phone).sort(), people)
	for (const { delivered, read, played } of body.receipts) assert.ok(delivered && read && played)
	await hears('message.status')
})

test('receipts for messages of other accounts cause no event', async (t) => {
	const { ada, owner, hears, gateway } = await openWorld(t)
	const id = await ada.says('mine', { to: owner })
	await hears('message.received')
	ada.reads({ id, chat: `${owner.account.phone}@s.whatsapp.net`, from: '' } as never)
	await ada.says('next', { to: owner })
	await hears('message.received', ({ text }) => text === 'next')
	assert.deepEqual(
		(await logOf(gateway)).filter(({ type }) => type === 'message.status'),
		[],
	)
})
