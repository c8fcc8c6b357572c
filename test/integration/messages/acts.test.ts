import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { uploaded } from './support/conversation.ts'

const MESSAGES = '/api/v1/sessions/main/messages'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, ada, owner, sandbox } = world
	const receiver = await openReceiver(t)
	const events = ['message.received', 'status.received']
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', { url: receiver.url, events })
	const post = (type: string, body: object) => gateway.request('POST', `${MESSAGES}/${type}`, body)

	return {
		...world,
		post,
		/** Sends over HTTP, and gives what arrives on Ada's phone and what the server saw of it. */
		async sends(type: string, body: object) {
			const { status, body: sent, text } = await post(type, { to: ada.account.phone, ...body })
			assert.equal(status, 200, text)
			const id = sent.message_id as string
			const received = await ada.receives((each) => each.id === id)
			const [frame] = sandbox.whatsapp.log.list(
				({ stanza }) => stanza?.tag === 'message' && stanza.attrs.id === id,
			)
			return { ...received, message: received.message!, stanza: frame!.stanza! }
		},
		/** What WhatsApp is asked is refused before anything is sent. */
		async refuses(type: string, body: object, status: number, field: string) {
			const answer = await post(type, { to: ada.account.phone, ...body })
			assert.deepEqual([answer.status, answer.body.field], [status, field], answer.text)
			return answer.body
		},
		/** Has Ada write, and waits until the gateway has it. */
		async adaWrites(message: proto.IMessage, to: Parameters<typeof ada.sends>[1]['to'] = owner) {
			const id = await ada.sends(message, { to })
			await receiver.gets(({ event }) => event.data.message_id === id)
			return id
		},
	}
}

for (const addressing of ['pn', 'lid'] as const) {
	test(`actions on messages of a group (${addressing}) name the authors as the group does`, async (t) => {
		const { ada, owner, sends, adaWrites } = await openWorld(t)
		const group = ada.createsGroup('Team', [owner], { addressing })
		const called = ({ account }: typeof ada) =>
			addressing === 'lid' ? `${account.lid}@lid` : `${account.phone}@s.whatsapp.net`

		const theirs = await adaWrites({ conversation: 'hi all' }, group)
		const { id: ours } = await sends('text', { to: group, text: 'hi' })
		for (const [id, fromMe, author] of [
			[theirs, false, ada],
			[ours, true, owner],
		] as const) {
			const key = { remoteJid: group, fromMe, id, participant: called(author) }
			const body = { to: group, message_id: id }
			const { message: reaction } = await sends('react', { ...body, emoji: '👍' })
			assert.deepEqual({ ...reaction.reactionMessage?.key }, key)
			const { message: pinned, stanza } = await sends('pin', body)
			assert.deepEqual({ ...pinned.pinInChatMessage?.key }, key)
			assert.equal(stanza.attrs.edit, '2')
			const { message: kept } = await sends('keep', body)
			assert.deepEqual({ ...kept.keepInChatMessage?.key }, key)
		}
	})

	test(`votes and responses in a group (${addressing}) are read by members who have the question`, async (t) => {
		const { ada, owner, sends, adaWrites } = await openWorld(t)
		const group = ada.createsGroup('Team', [owner], { addressing })
		const options = [{ optionName: 'Red' }, { optionName: 'Blue' }]
		const theirs = await adaWrites({ pollCreationMessage: { name: 'Which?', options } }, group)
		const asked = { name: 'Which?', options: ['Red', 'Blue'] }
		const { id: ours } = await sends('poll', { to: group, ...asked })
		for (const poll of [theirs, ours]) {
			const body = { to: group, poll_message_id: poll, selected_options: ['Blue'] }
			const { vote, stanza } = await sends('vote', body)
			assert.deepEqual(vote, { poll, options: ['Blue'] })
			assert.equal(stanza.attrs.type, 'poll')
			assert.match(JSON.stringify(stanza), /"polltype":"vote"/)
		}
		const event = await adaWrites(
			{ eventMessage: { name: 'Lunch', startTime: 1_900_000_000 } },
			group,
		)
		const body = { to: group, event_message_id: event, response: 'maybe', extra_guests: 2 }
		const { response, stanza } = await sends('event-response', body)
		assert.deepEqual(response, { event, response: 'maybe' })
		assert.equal(stanza.attrs.type, 'event')
		assert.match(JSON.stringify(stanza), /"event_type":"response"/)
	})
}

test('a reaction is taken back', async (t) => {
	const { sends, adaWrites } = await openWorld(t)
	const message_id = await adaWrites({ conversation: 'nice?' })
	const { stanza } = await sends('reaction', { message_id, emoji: '❤️' })
	assert.deepEqual([stanza.attrs.type, stanza.attrs.edit], ['reaction', undefined])
	const { message, stanza: back } = await sends('react', { message_id, emoji: '' })
	assert.equal(message.reactionMessage?.text, '')
	assert.equal(back.attrs.edit, '7')
})

test('texts and captions are edited, and the message keeps its file and its quote', async (t) => {
	const { sends, refuses, adaWrites } = await openWorld(t)
	const theirs = await adaWrites({ conversation: 'how much?' })
	const { id: answer } = await sends('text', { text: 'two', reply_to: theirs })
	const { message: edited, stanza } = await sends('edit', { message_id: answer, text: 'three' })
	const { editedMessage } = edited.protocolMessage!
	assert.equal(stanza.attrs.edit, '1')
	assert.equal(editedMessage?.extendedTextMessage?.text, 'three')
	assert.equal(editedMessage?.extendedTextMessage?.contextInfo?.stanzaId, theirs)

	const { id: picture } = await sends('image', { image: uploaded.given, caption: 'a cat' })
	const { message } = await sends('edit', { message_id: picture, text: 'a dog' })
	const { imageMessage: image } = message.protocolMessage!.editedMessage!
	assert.deepEqual([image?.caption, image?.directPath], ['a dog', uploaded.arrives.directPath])

	await refuses('edit', { message_id: theirs, text: 'four' }, 400, 'message_id')
	const { id: place } = await sends('location', { latitude: 1, longitude: 2 })
	await refuses('edit', { message_id: place, text: 'here' }, 400, 'message_id')
})

test('a message is deleted by its author, and by an admin of the group', async (t) => {
	const { ada, owner, sends, refuses, adaWrites } = await openWorld(t)
	const { id: ours } = await sends('text', { text: 'oops' })
	const own = await sends('revoke', { message_id: ours })
	assert.deepEqual([own.stanza.attrs.edit, own.message.protocolMessage?.key?.id], ['7', ours])

	const theirs = await adaWrites({ conversation: 'mine' })
	await refuses('delete', { message_id: theirs }, 400, 'message_id')

	const group = owner.createsGroup('Team', [ada])
	const rude = await adaWrites({ conversation: 'rude' }, group)
	const lid = `${ada.account.lid}@lid`
	for (const [message_id, more] of [
		[rude, {}],
		['3EB0FFFFFFFFFFFFFFFFFF', { original_sender: ada.account.phone }],
	] as const) {
		const { stanza, message } = await sends('delete', { to: group, message_id, ...more })
		assert.equal(stanza.attrs.edit, '8')
		const { fromMe, participant } = message.protocolMessage!.key!
		assert.deepEqual([fromMe, participant], [false, lid])
	}
	const self = { message_id: '3EB0EEEEEEEEEEEEEEEEEE', original_sender: owner.account.phone }
	const { stanza } = await sends('delete', { to: group, ...self })
	assert.equal(stanza.attrs.edit, '7')
})

test('a status is deleted for its audience', async (t) => {
	const { ada, sandbox, sends } = await openWorld(t)
	const bora = sandbox.phone('491700000003', { name: 'Bora' })
	const audience = [ada.account.phone, bora.account.phone]
	const status = { to: 'status@broadcast', text: 'sale', audience }
	const { id: message_id } = await sends('text', status)
	await bora.receives('sale')
	const { id } = await sends('revoke', { to: 'status@broadcast', message_id })
	await bora.receives((received) => received.id === id)
})

test('a file is forwarded without being downloaded, and the forwarding count grows', async (t) => {
	const { sends, refuses, adaWrites } = await openWorld(t)
	const group = await adaWrites({ imageMessage: uploaded.sent })
	const { message, id } = await sends('forward', { message_id: group })
	assert.equal(message.imageMessage?.directPath, uploaded.arrives.directPath)
	assert.equal(message.imageMessage?.contextInfo?.forwardingScore, 1)
	const again = await sends('forward', { message_id: id })
	assert.equal(again.message.imageMessage?.contextInfo?.forwardingScore, 2)
	assert.equal(again.stanza.attrs.type, 'media')

	const options = [{ optionName: 'a' }, { optionName: 'b' }]
	const poll = await adaWrites({ pollCreationMessage: { name: 'Which?', options } })
	const { stanza } = await sends('forward', { message_id: poll })
	assert.match(JSON.stringify(stanza), /"polltype":"creation"/)

	const once = await adaWrites({
		viewOnceMessage: { message: { imageMessage: { ...uploaded.sent, viewOnce: true } } },
	})
	await refuses('forward', { message_id: once }, 400, 'message_id')
	const { id: reaction } = await sends('react', { message_id: once, emoji: '👍' })
	await refuses('forward', { message_id: reaction }, 400, 'message_id')
})

test('a reference to a message that is not kept is refused where its content is needed', async (t) => {
	const { ada, owner, refuses, adaWrites } = await openWorld(t)
	const message_id = '3EB0FFFFFFFFFFFFFFFFFF'
	const forward = await refuses('forward', { message_id }, 404, 'message_id')
	assert.equal(forward.code, 'message_not_found')
	const vote = { poll_message_id: message_id, selected_options: ['Red'] }
	await refuses('poll-update', vote, 404, 'poll_message_id')
	const response = { event_message_id: message_id, response: 'going' }
	await refuses('event-response', response, 404, 'event_message_id')
	const group = ada.createsGroup('Team', [owner])
	const { detail } = await refuses(
		'react',
		{ to: group, message_id, emoji: '👍' },
		404,
		'message_id',
	)
	assert.match(detail, /`participant`/)

	const text = await adaWrites({ conversation: 'no poll' })
	const noPoll = { poll_message_id: text, selected_options: ['Red'] }
	await refuses('poll-update', noPoll, 400, 'poll_message_id')
	const options = [{ optionName: 'a' }, { optionName: 'b' }]
	const one = { name: 'Which?', options, selectableOptionsCount: 1 }
	const poll = await adaWrites({ pollCreationMessageV3: one })
	const wrong = { poll_message_id: poll, selected_options: ['c'] }
	await refuses('poll-update', wrong, 400, 'selected_options.0')
	const both = { poll_message_id: poll, selected_options: ['a', 'b'] }
	await refuses('poll-update', both, 400, 'selected_options')
})

test('nothing is done to the posts of a channel by way of messages', async (t) => {
	const { refuses } = await openWorld(t)
	const to = '120363000000000000@newsletter'
	const acts = {
		react: { message_id: 'A', emoji: '👍' },
		edit: { message_id: 'A', text: 'x' },
		revoke: { message_id: 'A' },
		pin: { message_id: 'A' },
		keep: { message_id: 'A' },
		'poll-update': { poll_message_id: 'A', selected_options: [] },
		'event-response': { event_message_id: 'A', response: 'going' },
	}
	for (const [type, fields] of Object.entries(acts))
		await refuses(type, { to, ...fields }, 400, 'to')
})

const person = '628123456789@s.whatsapp.net'
const id = '3EB0ABC123...'
const shown = 'Option 1'
const known: [string, object][] = [
	['pin', { chat: person, message_id: id, duration_seconds: 86_400 }],
	['pin', { chat: person, message_id: id, duration_seconds: 0 }],
	['forward', { to: '628987654321@s.whatsapp.net', text: 'Forwarded content here' }],
	['edit', { to: '628123456789', message_id: id, text: 'Edited message text' }],
	['react', { to: '628123456789', message_id: id, emoji: '👍' }],
	['react', { to: '628123456789', message_id: id, emoji: '' }],
	['revoke', { to: person, message_id: id }],
	['read', { chat_jid: person, message_ids: [id, '3EB0DEF456...'] }],
	[
		'poll-update',
		{
			to: person,
			poll_message_id: id,
			selected_options: ['sha256-hash-of-option'],
			enc_iv: 'base64-encoded-iv',
			enc_payload: 'base64-encoded-payload',
		},
	],
	['buttons-response', { to: person, selected_button_id: 'btn_1', selected_display_text: shown }],
	[
		'list-response',
		{
			to: person,
			title: 'Category 1',
			selected_row_id: 'row_1',
			description: 'Description for the selection',
		},
	],
	[
		'interactive-response',
		{
			to: person,
			body_text: 'Response body',
			name: 'quick_reply',
			params_json: '{"id":"btn1"}',
			version: 3,
		},
	],
	[
		'template-button-reply',
		{ to: person, selected_id: 'btn_1', selected_display_text: shown, selected_index: 0 },
	],
]

test('requests in the form of other gateways are accepted unchanged', async (t) => {
	const { post, sandbox, owner } = await openWorld(t)
	sandbox.phone('628123456789')
	const other = sandbox.phone('628987654321')
	const group = owner.createsGroup('Team', [other])
	const sender = '628987654321@s.whatsapp.net'
	for (const [type, body] of [
		...known,
		['revoke', { to: group, message_id: id, original_sender: sender }],
		['read', { chat_jid: group, sender, message_ids: [id] }],
	] as const) {
		await t.test(type, async () => {
			const { status, body: answer, text } = await post(type, body)
			assert.equal(status, 200, text)
			const sent = ['message_id', 'timestamp', 'to']
			const keys = { read: ['success'], revoke: [...sent, 'success'] }[type as string] ?? sent
			assert.deepEqual(Object.keys(answer), keys)
		})
	}
})
