import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { openWorld, SESSION } from './support/world.ts'

test('a webhook that asks for it gets the WhatsApp message beside the event, and no other does', async (t) => {
	const world = await openWorld(t)
	const { gateway, ada, owner } = world
	await ada.says('without', { to: owner })
	const before = await world.hears('message.received')
	assert.equal(before.raw, undefined)
	const own = await openReceiver(t)
	const { body: hook } = await gateway.request('POST', `${SESSION}/webhooks`, {
		url: own.url,
		events: ['message.*', 'poll.*'],
		raw: true,
	})
	assert.equal(hook.raw, true)
	const id = await ada.says('with', { to: owner })
	const { event } = await own.gets(({ event }) => event.data.text === 'with')
	assert.equal(event.raw.key.id, id)
	assert.equal(event.raw.messageTimestamp, String(event.data.timestamp))
	assert.equal(event.raw.pushName, 'Ada')
	const message = proto.Message.fromObject(event.raw.message)
	assert.equal(message.conversation || message.extendedTextMessage?.text, 'with')
	await ada.reacts(id, '👍')
	const reaction = (await own.gets(({ event }) => event.type === 'message.reaction')).event
	assert.equal(reaction.raw.message.reactionMessage.text, '👍')
	const same = await world.hears('message.received', ({ message_id }) => message_id === id)
	const { raw: _, ...rest } = event
	assert.deepEqual(same, rest)
	await gateway.request('PATCH', `${SESSION}/webhooks/${hook.id}`, { raw: false })
	await ada.says('without again', { to: owner })
	const after = (await own.gets(({ event }) => event.data.text === 'without again')).event
	assert.equal(after.raw, undefined)
})

test('the protobuf of a kept message is shown on request', async (t) => {
	const { gateway, ada, owner, hears } = await openWorld(t)
	const shown = async (id: string, query: string) =>
		(await gateway.request('GET', `${SESSION}/messages/${id}${query}`)).body
	const data = Buffer.from('%PDF-1.7 as it is')
	const file = await ada.media.attach('document', { data, mimetype: 'application/pdf' })
	const id = await ada.sends(file, { to: owner })
	const { chat } = (await hears('message.received')).data
	assert.equal((await shown(id, '')).raw, undefined)
	const { key, message } = (await shown(id, '?raw=true')).raw
	assert.deepEqual(key, { remoteJid: chat.id, fromMe: false, id })
	const { documentMessage } = message
	assert.equal(documentMessage.mimetype, 'application/pdf')
	assert.equal(documentMessage.fileLength, String(data.length), 'of 64 bits')
	assert.equal(Buffer.from(documentMessage.mediaKey, 'base64').length, 32)

	const to = ada.account.phone
	const { body: sent } = await gateway.request('POST', `${SESSION}/messages/text`, {
		to,
		text: 'ours',
	})
	const own = (await shown(sent.message_id, '?raw=true')).raw
	assert.equal(own.key.fromMe, true)
	const said = proto.Message.fromObject(own.message)
	assert.equal(said.conversation || said.extendedTextMessage?.text, 'ours')
	const refused = await gateway.request('GET', `${SESSION}/messages/${id}?raw=please`)
	assert.equal(refused.status, 400)
})
