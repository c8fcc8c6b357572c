import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import { deflateSync } from 'node:zlib'
import { proto } from '@whiskeysockets/baileys'
import { openGateway, openSandbox } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { until } from '../../support/wait.ts'
import { logOf, person, SESSION } from './support/world.ts'

const HD_IMAGE = 10 // MessageAssociation.AssociationType

/** A phone on which something stands already is linked to a gateway, whose webhook wants these events. */
async function linkLate(t: TestContext, events: string[], skip = false) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const group = ada.createsGroup('Crew', [owner])
	const written = Array.from({ length: 60 }, (_, n) => `before ${n}`)
	for (const text of written) await ada.says(text, { to: owner })
	const image = { mimetype: 'image/jpeg', mediaKey: Buffer.alloc(32, 1) }
	const photo = { imageMessage: { ...image, caption: 'a photo', width: 10 } }
	const id = await ada.sends(photo, { to: owner })
	await ada.sends(
		{
			associatedChildMessage: { message: { imageMessage: { ...image, width: 20 } } },
			messageContextInfo: {
				messageAssociation: { associationType: HD_IMAGE, parentMessageKey: { id } },
			},
		},
		{ to: owner },
	)
	await ada.says('to all', { to: group })
	await owner.receives('to all')
	const receiver = await openReceiver(t)
	const gateway = await openGateway(t, { sandbox })
	await gateway.request('POST', '/api/v1/sessions', { id: 'main' })
	await gateway.request('PUT', `${SESSION}/history-sync`, { skip })
	await gateway.request('POST', `${SESSION}/webhooks`, { url: receiver.url, events })
	owner.scans((await gateway.request('GET', `${SESSION}/qr`)).body.qr)
	await gateway.becomes('main', 'open')
	return { owner, ada, group, written, receiver, gateway }
}

test('a webhook that asks for history gets the chats and their messages', async (t) => {
	const { ada, group, written, receiver, gateway } = await linkLate(t, ['history.*'])
	const told = await until('all is told', () => {
		const events = receiver.posts.map(({ event }) => event)
		const messages = events.flatMap(({ type, data }) =>
			type === 'history.messages' ? data.messages : [],
		)
		return messages.length >= written.length + 2 && { events, messages }
	})
	const [first] = told.events
	assert.equal(first.type, 'history.chats')
	const chats = first.data.chats.map((each: any) => [each.chat.id, each.chat.name, each.unread])
	assert.deepEqual(
		chats.sort(),
		[
			[group, 'Crew', 1],
			[person(ada).id, null, 62],
		].sort(),
	)
	const texts = told.messages.map(({ text }: any) => text)
	assert.deepEqual([...texts].sort(), [...written, 'a photo', 'to all'].sort())
	for (const { data } of told.events.slice(1)) assert.ok(data.messages.length <= 50)
	const { id, phone, lid } = person(ada)
	for (const { sender, from_me } of told.messages) {
		assert.deepEqual([sender.id, sender.phone, sender.lid, from_me], [id, phone, lid, false])
	}
	const photo = told.messages.find(({ type }: any) => type === 'image')
	assert.equal(photo.media.width, 20, 'a photo in two files is one message, with the better one')
	const { message_id } = told.messages[0]
	const kept = await gateway.request('GET', `${SESSION}/messages/${message_id}`)
	assert.equal(kept.status, 200, 'it can be answered, and its file be got')
})

const withoutHistory: [why: string, events: string[], skip: boolean][] = [
	['a webhook that does not ask for it', ['*'], false],
	['a session that skips it', ['*', 'history.*'], true],
]

for (const [why, events, skip] of withoutHistory)
	test(`${why} gets no history, and names and numbers are learnt all the same`, async (t) => {
		const { ada, owner, receiver, gateway } = await linkLate(t, events, skip)
		const { phone, lid } = person(ada)
		const known = async () => {
			const { body } = await gateway.request('GET', `${SESSION}/chats`)
			return body.chats.find((chat: any) => chat.phone === phone)
		}
		const chat = await until('her name is known', async () => {
			const found = await known()
			return found?.name === 'Ada' && found
		})
		assert.equal(chat.lid, lid)
		await ada.says('now', { to: owner })
		await receiver.gets(({ event }) => event.type === 'message.received')
		const types = (await logOf(gateway)).map(({ type }) => type)
		assert.ok(!types.some((type) => /^history|^contact/.test(type)), types.join())
		assert.equal(types.filter((type) => type === 'message.received').length, 1)
	})

const OLD = 6_000

/** A phone on which a lot was written, linked to a session that was made together with its webhook. */
async function linkWithAll(t: TestContext, events: string[]) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const bea = sandbox.phone('491700000003', { name: 'Bea', addressing: 'lid' })
	await ada.says('old', { to: owner })
	const { copies: _, seq: __, ...first } = await owner.receives('old')
	for (let n = 1; n < OLD; n++)
		owner.inbox.add({ ...first, id: `OLD${n}`, message: { conversation: `old ${n}` } })
	const receiver = await openReceiver(t)
	const gateway = await openGateway(t, { sandbox })
	const webhook = { url: receiver.url, events }
	await gateway.request('POST', '/api/v1/sessions', { id: 'main', webhook })
	owner.scans((await gateway.request('GET', `${SESSION}/qr`)).body.qr)
	await gateway.becomes('main', 'open')
	const olds = () =>
		receiver.posts.flatMap(({ event }) =>
			event.type === 'history.messages' ? event.data.messages : [],
		)
	return { owner, ada, bea, first, receiver, gateway, olds }
}

test('a webhook that is created with the session gets the full history, once', async (t) => {
	const { olds } = await linkWithAll(t, ['history.messages'])
	await until('all is told', () => olds().length >= OLD, { timeout: 30_000 })
	assert.equal(new Set(olds().map(({ message_id }: any) => message_id)).size, OLD)
	assert.equal(olds().length, OLD)
})

test('a message that is sent during the history sync does not wait for its end', async (t) => {
	const { bea, owner, receiver, olds } = await linkWithAll(t, ['*', 'history.*'])
	const begin = Date.now()
	await bea.says('live', { to: owner })
	await receiver.gets(({ event }) => event.type === 'message.received')
	const late = Date.now() - begin
	t.diagnostic(`${late} ms, ${olds().length} of ${OLD} old messages told by then`)
	assert.ok(olds().length < OLD, 'the past is still being told')
	await until('all is told', () => olds().length === OLD, { timeout: 30_000 })
})

test('history that comes from another account is ignored', async (t) => {
	const { gateway, owner, ada, receiver, first } = await linkWithAll(t, ['*', 'history.*'])
	await until('the past is told', () =>
		receiver.posts.some(({ event }) => event.type === 'history.chats'),
	)
	const forged = {
		key: { id: 'FORGED', remoteJid: first.chat },
		message: { conversation: 'forged' },
	}
	const bytes = proto.HistorySync.encode({
		syncType: proto.HistorySync.HistorySyncType.RECENT,
		conversations: [{ id: first.chat, name: 'Forged', messages: [{ message: forged }] }],
	}).finish()
	await ada.sends(
		{
			protocolMessage: {
				type: proto.Message.ProtocolMessage.Type.HISTORY_SYNC_NOTIFICATION,
				historySyncNotification: {
					syncType: proto.HistorySync.HistorySyncType.RECENT as never,
					initialHistBootstrapInlinePayload: deflateSync(bytes),
				},
			},
		},
		{ to: owner },
	)
	await ada.says('after it', { to: owner })
	await receiver.gets(({ event }) => event.data.text === 'after it')
	assert.ok(!JSON.stringify(await logOf(gateway)).includes('orged'))
	const kept = await gateway.request('GET', `${SESSION}/messages/FORGED`)
	assert.equal(kept.status, 404)
})
