import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { openReceiver } from '../gateway/support/receiver.ts'
import { openWorld, SESSION } from './world.ts'

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
