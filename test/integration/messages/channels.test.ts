import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import sharp from 'sharp'
import { createChannel, follow } from '../../../gateway/src/sandbox/server/channels.ts'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'

const MESSAGES = '/api/v1/sessions/main/messages'

test('a channel of ours gets texts, polls and files, none of them encrypted', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const channel = createChannel(sandbox.whatsapp, owner.account, { name: 'News' })
	follow(channel, ada.account)
	const publish = async (type: string, body: object) => {
		const request = { to: channel.id, ...body }
		const answer = await gateway.request('POST', `${MESSAGES}/${type}`, request)
		assert.equal(answer.status, 200, answer.text)
		assert.equal(answer.body.to, channel.id)
		const { chat, message } = await ada.receives(({ id }) => id === answer.body.message_id)
		assert.equal(chat, channel.id)
		return message!
	}
	const text = await publish('text', { text: 'new tea' })
	assert.equal(text.extendedTextMessage?.text, 'new tea')
	assert.ok(!text.messageContextInfo, 'nothing that is said of secrets stands in the open')
	const poll = await publish('poll', { name: 'Which?', options: ['a', 'b'] })
	assert.equal(poll.pollCreationMessage?.name, 'Which?')

	const picture = sharp({ create: { width: 96, height: 64, channels: 3, background: 'teal' } })
	const png = await picture.png().toBuffer()
	const { imageMessage: image } = await publish('image', {
		image: { data: png.toString('base64') },
		caption: 'teal',
	})
	assert.deepEqual([image?.caption, image?.mediaKey ?? null], ['teal', null])
	const hash = createHash('sha256').update(png).digest('hex')
	assert.equal(Buffer.from(image!.fileSha256!).toString('hex'), hash)
	assert.ok(image!.directPath)
	assert.equal(channel.messages.length, 3)
})

test('posting in a channel of others is refused, and posts of followed channels are events', async (t) => {
	const { gateway, sandbox, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	const subscription = { url: receiver.url, events: ['channel.message'] }
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', subscription)
	const channel = createChannel(sandbox.whatsapp, ada.account, { name: 'Ada' })
	follow(channel, owner.account)
	const body = { to: channel.id, text: 'mine?' }
	const refused = await gateway.request('POST', `${MESSAGES}/text`, body)
	assert.ok(refused.status >= 400, refused.text)

	await ada.says('for my followers', { to: channel.id })
	const { event } = await receiver.gets(({ event }) => event.data.text === 'for my followers')
	assert.equal(event.data.chat.id, channel.id)
})
