import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'

const MESSAGES = '/api/v1/sessions/main/messages'

test('a reference to an earlier message names its author and its chat', async (t) => {
	const { gateway, ada, owner } = await linkedGateway(t)
	const receiver = await openReceiver(t)
	const subscription = { url: receiver.url, events: ['message.received'] }
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', subscription)
	const send = async (type: string, body: object) => {
		const { status, body: sent, text } = await gateway.request('POST', `${MESSAGES}/${type}`, body)
		assert.equal(status, 200, text)
		const { message } = await ada.receives(({ id }) => id === sent.message_id)
		return { id: sent.message_id as string, message: message! }
	}

	const group = ada.createsGroup('Team', [owner])
	const theirs = await ada.sends({ conversation: 'hi all' }, { to: group })
	await receiver.gets(({ event }) => event.data.message_id === theirs)
	const about = { text: 'nice', target_message_id: theirs }
	const { message: comment } = await send('comment', { to: group, ...about })
	const { participant, ...key } = comment.commentMessage!.targetMessageKey!
	assert.deepEqual(key, { remoteJid: group, fromMe: false, id: theirs })
	const { phone, lid } = ada.account
	assert.ok([`${phone}@s.whatsapp.net`, `${lid}@lid`].includes(participant!), participant!)

	const when = { scheduled_timestamp_ms: 1_893_456_000_000 }
	const { id: call } = await send('scheduled-call', { to: group, ...when })
	const off = { to: group, scheduled_call_message_id: call }
	const { message: edit } = await send('scheduled-call-edit', off)
	assert.equal(edit.scheduledCallEditMessage?.key?.fromMe, true)
	assert.ok(edit.scheduledCallEditMessage?.key?.participant)

	const { message: elsewhere } = await send('comment', {
		to: ada.account.phone,
		...about,
		target_chat_jid: group.replace('@g.us', ''),
	})
	assert.equal(elsewhere.commentMessage?.targetMessageKey?.remoteJid, group)
})
