import assert from 'node:assert/strict'
import { test, type TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { linkedGateway } from '../../support/gateway/gateway.ts'
import { openReceiver } from '../../support/gateway/receiver.ts'
import { uploaded } from './support/conversation.ts'

const MESSAGES = '/api/v1/sessions/main/messages'

async function openWorld(t: TestContext) {
	const world = await linkedGateway(t)
	const { gateway, ada, owner } = world
	const receiver = await openReceiver(t)
	await gateway.request('POST', '/api/v1/sessions/main/webhooks', {
		url: receiver.url,
		events: ['message.received'],
	})

	return {
		...world,
		/** Sends a body over HTTP and gives what arrives on Ada's phone. */
		async sends(type: string, body: object, to = ada.account.phone) {
			const {
				status,
				body: sent,
				text,
			} = await gateway.request('POST', `${MESSAGES}/${type}`, {
				to,
				...body,
			})
			assert.equal(status, 200, text)
			const { message } = await ada.receives(({ id }) => id === sent.message_id)
			return { id: sent.message_id as string, message: message! }
		},
		/** Has Ada send a message and gives what the event says. */
		async gets(message: proto.IMessage, to: Parameters<typeof ada.sends>[1]['to'] = owner) {
			const id = await ada.sends(message, { to })
			const { event } = await receiver.gets(({ event }) => event.data.message_id === id)
			return event.data
		},
	}
}

const ADA = '491700000002@s.whatsapp.net'
const OWNER = '491700000001@s.whatsapp.net'

test('a reply quotes received and sent messages', async (t) => {
	const { sends, gets } = await openWorld(t)
	const { message_id: theirs } = await gets({ conversation: 'how much?' })
	const { id: ours, message: answer } = await sends('poll', {
		name: 'This?',
		options: ['a', 'b'],
		reply_to: theirs,
	})
	const quoted = answer.pollCreationMessage?.contextInfo
	assert.equal(quoted?.stanzaId, theirs)
	assert.equal(quoted?.participant, ADA)
	assert.equal(quoted?.quotedMessage?.conversation, 'how much?')

	const { message: again } = await sends('image', { image: uploaded.given, reply_to: ours })
	const own = again.imageMessage?.contextInfo
	assert.equal(own?.participant, OWNER)
	assert.equal(own?.quotedMessage?.pollCreationMessage?.name, 'This?')
	assert.equal(own?.quotedMessage?.pollCreationMessage?.contextInfo ?? undefined, undefined)
})

test('a reply to a message that is not kept is sent all the same', async (t) => {
	const { sends } = await openWorld(t)
	const { message } = await sends('text', { text: 'yes', reply_to: '3EB0FFFFFFFFFFFFFFFFFF' })
	const quoted = message.extendedTextMessage?.contextInfo
	assert.deepEqual([quoted?.stanzaId, quoted?.participant], ['3EB0FFFFFFFFFFFFFFFFFF', ADA])
})

test('people are mentioned, or all members', async (t) => {
	const { sends } = await openWorld(t)
	const { message } = await sends('image', {
		image: uploaded.given,
		caption: '@491700000002 look',
		mentions: ['+49 170 0000002', '123456789012345@lid'],
		mention_all: true,
	})
	const context = message.imageMessage?.contextInfo
	assert.deepEqual(context?.mentionedJid, [ADA, '123456789012345@lid'])
	assert.equal(context?.nonJidMentions, 1)
})

test('a message disappears, and a view-once message names the person it replies to', async (t) => {
	const { sends } = await openWorld(t)
	const { message: location } = await sends('location', {
		latitude: 1,
		longitude: 2,
		expiration: 86_400,
	})
	assert.equal(location.locationMessage?.contextInfo?.expiration, 86_400)
	const { message } = await sends('view-once', {
		image: uploaded.given,
		reply_to: 'A1',
		expiration: 60,
	})
	const image = message.viewOnceMessage?.message?.imageMessage
	assert.deepEqual([image?.contextInfo?.stanzaId, image?.contextInfo?.expiration], ['A1', 60])
	assert.equal(image?.viewOnce, true)
})

test("a message's context is in its event", async (t) => {
	const { gets, ada, owner } = await openWorld(t)
	const data = await gets({
		ephemeralMessage: {
			message: {
				extendedTextMessage: {
					text: '@491700000001 see this',
					contextInfo: {
						stanzaId: 'B2',
						participant: `${owner.account.lid}@lid`,
						quotedMessage: { imageMessage: { caption: 'a cat' } },
						mentionedJid: [OWNER],
						nonJidMentions: 1,
						expiration: 604_800,
						isForwarded: true,
						forwardingScore: 3,
					},
				},
			},
		},
	})
	const self = {
		id: OWNER,
		phone: owner.account.phone,
		lid: `${owner.account.lid}@lid`,
		name: 'Owner',
	}
	assert.equal(data.text, '@491700000001 see this')
	assert.equal(data.reply_to, 'B2')
	assert.deepEqual(data.quoted, { sender: self, type: 'image', text: 'a cat' })
	assert.deepEqual(data.mentions, [self])
	assert.deepEqual(
		[data.mention_all, data.expiration, data.forwarded, data.forwards],
		[true, 604_800, true, 3],
	)
	assert.equal(data.sender.phone, ada.account.phone)
})

const wrappers: [string, (message: proto.IMessage) => proto.IMessage][] = [
	['disappearing', (message) => ({ ephemeralMessage: { message } })],
	['asked of a bot', (message) => ({ botInvokeMessage: { message } })],
	['of a group that is mentioned', (message) => ({ groupMentionedMessage: { message } })],
	['a part of another', (message) => ({ associatedChildMessage: { message } })],
	[
		'twice wrapped',
		(message) => ({ ephemeralMessage: { message: { viewOnceMessageV2: { message } } } }),
	],
]

test('a message is read in every wrapper', async (t) => {
	const { gets } = await openWorld(t)
	for (const [what, wrap] of wrappers) {
		await t.test(what, async () => {
			const data = await gets(
				wrap({ locationMessage: { degreesLatitude: 1, degreesLongitude: 2 } }),
			)
			assert.deepEqual([data.type, data.latitude], ['location', 1])
			assert.equal(data.view_once ?? false, what === 'twice wrapped')
		})
	}
})

test('content of an unknown type is `unknown`, with its name', async (t) => {
	const { gets } = await openWorld(t)
	const data = await gets({ chat: { displayName: 'Cats', id: '1' } })
	assert.deepEqual([data.type, data.kind, data.text], ['unknown', 'chat', 'Cats'])
})

test('a group is named by its id, with and without its ending, and a quote in it names the author', async (t) => {
	const { sends, gets, ada, owner } = await openWorld(t)
	const group = ada.createsGroup('Team', [owner])
	const { message_id: id, chat } = await gets({ conversation: 'hi all' }, group)
	assert.equal(chat.id, group)
	const { message } = await sends('text', { text: 'hi', reply_to: id }, group)
	const { participant } = message.extendedTextMessage!.contextInfo!
	assert.ok([ADA, `${ada.account.lid}@lid`].includes(participant!), participant!)
	await sends('contact', { contact: { display_name: 'A', phones: [{ number: '123' }] } }, group)
	await sends('text', { text: 'bare' }, group.replace('@g.us', ''))
})

test("stanzas carry the attributes that WhatsApp's server needs", async (t) => {
	const { sends, sandbox } = await openWorld(t)
	const stanzaOf = (id: string) => {
		const [frame] = sandbox.whatsapp.log.list(
			({ stanza }) => stanza?.tag === 'message' && stanza.attrs.id === id,
		)
		return JSON.stringify(frame)
	}
	const { id: poll } = await sends('poll', { name: 'This?', options: ['a', 'b'] })
	assert.match(stanzaOf(poll), /"polltype":"creation"/)
	const start_time = '2030-01-31T12:00:00Z'
	const { id: event } = await sends('event', { name: 'Lunch', start_time })
	assert.match(stanzaOf(event), /"event_type":"creation"/)
	const { id: flow } = await sends('interactive', {
		body_text: 'Do',
		buttons: [{ name: 'quick_reply', button_params_json: '{}' }],
	})
	assert.match(stanzaOf(flow), /"tag":"biz".*"tag":"native_flow"/)
})

test('a number is checked at WhatsApp unless the request says not to; nobody is not sent to in any case', async (t) => {
	const { gateway } = await linkedGateway(t)
	const send = (more: object) =>
		gateway.request('POST', `${MESSAGES}/location`, {
			to: '4917099999999',
			latitude: 1,
			longitude: 2,
			...more,
		})
	assert.equal((await send({})).body.code, 'recipient_not_on_whatsapp')
	const unchecked = await send({ check_recipient: false })
	assert.deepEqual([unchecked.status, unchecked.body.code], [422, 'recipient_has_no_device'])
})
