import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import protobuf from 'protobufjs/minimal.js'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import { seal, type Sealing } from './support/sealed.ts'
import { logOf, openWorld, person, SESSION, type World } from './support/world.ts'

const { Type } = proto.Message.ProtocolMessage
const encode = (message: proto.IMessage) => proto.Message.encode(message).finish()
const pn = ({ account }: Phone) => `${account.phone}@s.whatsapp.net`
const lid = ({ account }: Phone) => `${account.lid}@lid`

/** A message with a secret, and what the gateway says of it. */
async function writes(
	{ hears }: World,
	by: Phone,
	to: Phone | string,
	content: proto.IMessage = { conversation: 'first version' },
) {
	const secret = randomBytes(32)
	const message = { ...content, messageContextInfo: { messageSecret: secret } }
	const id = await by.sends(message, { to })
	const type = by.account.phone === '491700000001' ? 'message.sent' : 'message.received'
	await hears(type, ({ message_id }) => message_id === id)
	return { id, secret }
}

const editOf = (id: string, editedMessage: proto.IMessage) =>
	encode({
		protocolMessage: {
			type: Type.MESSAGE_EDIT,
			key: { id },
			editedMessage,
			timestampMs: Date.now(),
		},
	})

function sealedAs(
	secretEncType: number,
	purpose: string,
	plain: Uint8Array,
	sealing: Sealing,
): proto.IMessage {
	const { encPayload, encIv } = seal(purpose, plain, sealing)
	const targetMessageKey = { id: sealing.id }
	return { secretEncryptedMessage: { targetMessageKey, secretEncType, encPayload, encIv } }
}

const sealedEdit = (text: string, sealing: Sealing) =>
	sealedAs(2, 'Message Edit', editOf(sealing.id, { conversation: text }), sealing)

test('sealed edits change the message, whichever jids their key was made with', async (t) => {
	const world = await openWorld(t)
	const { owner, ada, carl, hears, gateway } = world
	const group = await world.group()
	const cases: [string, Phone, Phone | string][] = [
		['of somebody with a number', ada, owner],
		['of somebody with a LID', carl, owner],
		['in a group', carl, group],
		['from the phone of the account', owner, ada],
		['from the phone of the account to a LID', owner, carl],
	]
	for (const [name, by, to] of cases)
		await t.test(name, async () => {
			const { id, secret } = await writes(world, by, to)
			const jids = [pn(by), lid(by)]
			for (const author of jids)
				for (const sender of jids) {
					const text = `${name}: ${author} by ${sender}`
					await by.sends(sealedEdit(text, { id, secret, author, sender }), { to })
					const { data } = await hears('message.edited', (said) => said.text === text)
					assert.deepEqual([data.message_id, data.from_me], [id, by === owner])
					assert.equal(data.sender.id, pn(by))
				}
			const { body } = await gateway.request('GET', `${SESSION}/messages/${id}`)
			assert.ok(body.edited_at)
		})
	await t.test('the kept text is the last one', async () => {
		const { id, secret } = await writes(world, ada, owner)
		const sealing = { id, secret, author: pn(ada), sender: pn(ada) }
		for (const text of ['second', 'third']) {
			await ada.sends(sealedEdit(text, sealing), { to: owner })
			await hears('message.edited', (said) => said.text === text && said.message_id === id)
		}
		const quote = { to: ada.account.phone, text: 'quoting', reply_to: id }
		await world.posts('messages/text', quote)
		const { message } = await ada.receives('quoting')
		const quoted = message?.extendedTextMessage?.contextInfo?.quotedMessage
		assert.equal(quoted?.conversation, 'third')
	})
})

test('every sealed content is told as if it had not been sealed', async (t) => {
	const world = await openWorld(t)
	const { owner, ada, hears } = world
	const picture = { imageMessage: { caption: 'before', mimetype: 'image/png', url: 'https://x/y' } }
	const poll = { pollCreationMessageV3: { name: 'Which?', options: [{ optionName: 'Red' }] } }
	const lunch = { eventMessage: { name: 'Lunch', startTime: 2_000_000_000 } }
	type Told = { type: string; says: Record<string, unknown> }
	const cases: Record<string, [proto.IMessage, (sealing: Sealing) => proto.IMessage, Told]> = {
		'the edit of a caption': [
			picture,
			(s) => sealedAs(2, 'Message Edit', editOf(s.id, { imageMessage: { caption: 'after' } }), s),
			{ type: 'message.edited', says: { type: 'image', text: 'after' } },
		],
		'an edit without its protocol message': [
			{ conversation: 'before' },
			(s) => sealedAs(2, 'Message Edit', encode({ conversation: 'after' }), s),
			{ type: 'message.edited', says: { type: 'text', text: 'after' } },
		],
		'the edit of an event': [
			lunch,
			(s) => sealedAs(1, 'Event Edit', encode({ eventMessage: { name: 'Dinner' } }), s),
			{ type: 'message.edited', says: { type: 'event', name: 'Dinner' } },
		],
		'the edit of a poll': [
			poll,
			(s) => sealedAs(4, 'Poll Edit', editOf(s.id, { pollCreationMessage: { name: 'What?' } }), s),
			{ type: 'message.edited', says: { type: 'poll', name: 'What?' } },
		],
		'a reaction': [
			{ conversation: 'hello' },
			(s) => {
				const plain = proto.Message.ReactionMessage.encode({ text: '👍' }).finish()
				const key = { targetMessageKey: { id: s.id } }
				return { encReactionMessage: { ...key, ...seal('Enc Reaction', plain, s) } }
			},
			{ type: 'message.reaction', says: { emoji: '👍' } },
		],
		'a comment': [
			{ conversation: 'news' },
			(s) => {
				const plain = encode({ extendedTextMessage: { text: 'well said' } })
				const key = { targetMessageKey: { id: s.id } }
				return { encCommentMessage: { ...key, ...seal('Enc Comment', plain, s) } }
			},
			{ type: 'message.received', says: { type: 'comment', text: 'well said' } },
		],
	}
	for (const [name, [content, make, { type, says }]] of Object.entries(cases))
		await t.test(name, async () => {
			const { id, secret } = await writes(world, ada, owner, content)
			const sealing = { id, secret, author: pn(ada), sender: pn(ada) }
			const sent = await ada.sends(make(sealing), { to: owner })
			const about = type === 'message.received' ? sent : id
			const { data } = await hears(type, ({ message_id }) => message_id === about)
			assert.deepEqual({ ...data, ...says }, data)
			assert.deepEqual(data.sender, person(ada))
		})
})

test('what phones seal is read: of others and of the account, in chats and groups', async (t) => {
	const world = await openWorld(t)
	const { owner, ada, carl, hears, posts } = world
	const group = await world.group()
	const wrote = async (by: Phone, to: Phone | string, text: string) => {
		const id = await by.says(text, { to })
		const type = by === owner ? 'message.sent' : 'message.received'
		await hears(type, ({ message_id }) => message_id === id)
		return id
	}
	for (const [name, by, to] of [
		['Ada', ada, owner],
		['Carl', carl, owner],
		['Carl in a group', carl, group],
		['the owner', owner, carl],
	] as const)
		await t.test(`edits of ${name}`, async () => {
			const id = await wrote(by, to, 'before')
			await by.edits(id, `after, by ${name}`, { sealed: true })
			const { data } = await hears('message.edited', ({ text }) => text === `after, by ${name}`)
			assert.equal(data.message_id, id)
		})
	await t.test('reactions to what the gateway sent, and comments on it', async () => {
		const { message_id: id } = await posts('messages/text', { to: group, text: 'announced' })
		await carl.receives((received) => received.id === id)
		await carl.reacts(id, '👍', { sealed: true })
		const { data } = await hears('message.reaction', ({ message_id }) => message_id === id)
		assert.deepEqual([data.emoji, data.sender.id], ['👍', pn(carl)])
		await carl.comments(id, 'well said')
		const comment = await hears('message.received', ({ type }) => type === 'comment')
		assert.equal(comment.data.text, 'well said')
		assert.equal(comment.data.target_message_id, id)
	})
	await t.test('edits of an event', async () => {
		const lunch = { eventMessage: { name: 'Lunch', startTime: 2_000_000_000 } }
		const id = await ada.sends(lunch, { to: group })
		await hears('message.received', ({ message_id }) => message_id === id)
		await ada.editsEvent(id, { name: 'Dinner', isCanceled: true })
		const { data } = await hears('message.edited', ({ message_id }) => message_id === id)
		assert.deepEqual([data.type, data.name, data.canceled], ['event', 'Dinner', true])
	})
})

test('anybody may add an option to a poll, and votes for it count', async (t) => {
	const world = await openWorld(t)
	const { ada, hears, posts } = world
	const poll = { to: ada.account.phone, name: 'Which?', options: ['Red', 'Blue'] }
	const { message_id: id } = await posts('messages/poll', poll)
	const { message } = await ada.receives((received) => received.id === id)
	const secret = message!.messageContextInfo!.messageSecret!
	const sealing = { id, secret, author: pn(world.owner), sender: pn(ada) }
	for (const [option, purpose] of [
		['Green', 'Poll Add Option'],
		['Grey', 'Poll Edit'],
	] as const) {
		const named = protobuf.Writer.create().uint32(10).string(option).finish()
		const added = protobuf.Writer.create().uint32(18).bytes(named).finish()
		const plain = protobuf.Writer.create()
			.uint32((121 << 3) | 2)
			.bytes(added)
			.finish()
		await ada.sends(sealedAs(5, purpose, plain, sealing), { to: world.owner })
		const { data } = await hears('message.edited', ({ options }) => options.at(-1) === option)
		assert.deepEqual([data.message_id, data.sender.id, data.name], [id, pn(ada), 'Which?'])
	}
	const selectedOptions = [createHash('sha256').update('Grey').digest()]
	const ballot = proto.Message.PollVoteMessage.encode({ selectedOptions }).finish()
	const vote = seal('Poll Vote', ballot, { ...sealing, authenticated: true })
	const pollUpdateMessage = { pollCreationMessageKey: { id }, vote }
	await ada.sends({ pollUpdateMessage }, { to: world.owner })
	const { data } = await hears('poll.vote')
	assert.deepEqual(data.options, ['Grey'])
	assert.deepEqual(data.totals.at(-1), { option: 'Grey', votes: 1 })
})

test('what is sealed and cannot be opened is told once, and again when its message comes', async (t) => {
	const world = await openWorld(t)
	const { owner, ada, carl, hears, gateway, sandbox } = world
	const { id, secret } = await writes(world, ada, owner)
	const messageContextInfo = { messageSecret: new Uint8Array() }
	const bare = await ada.sends({ conversation: 'bare', messageContextInfo }, { to: owner })
	await hears('message.received', ({ message_id }) => message_id === bare)
	const fits = { id, secret, author: pn(ada), sender: pn(ada) }
	const reaction = (sealing: Sealing) => ({
		encReactionMessage: {
			targetMessageKey: { id: sealing.id },
			...seal('Enc Reaction', Buffer.from('x'), sealing),
		},
	})
	const cases: Record<string, [proto.IMessage, RegExp]> = {
		'with another secret': [
			sealedEdit('no', { ...fits, secret: randomBytes(32) }),
			/does not open/,
		],
		'by somebody else': [sealedEdit('no', { ...fits, sender: pn(carl) }), /does not open/],
		'for another purpose': [sealedAs(2, 'Event Edit', editOf(id, {}), fits), /does not open/],
		'of an unknown type': [sealedAs(9, 'Message Edit', editOf(id, {}), fits), /does not know/],
		'with nothing in it': [sealedAs(2, 'Message Edit', Buffer.alloc(0), fits), /does not open/],
		'about a message without a secret': [
			sealedEdit('no', { ...fits, id: bare }),
			/without a secret/,
		],
		'about an unknown message': [sealedEdit('no', { ...fits, id: '3ANOWHERE' }), /not kept/],
		'a reaction that is none': [reaction(fits), /does not open/],
		'a reaction to an unknown message': [reaction({ ...fits, id: '3ANOWHERE' }), /not kept/],
		'without a target': [{ secretEncryptedMessage: { secretEncType: 2 } }, /does not name/],
	}
	for (const [name, [message, why]] of Object.entries(cases))
		await t.test(name, async () => {
			const sent = await ada.sends(message, { to: owner })
			const { data } = await hears('message.undecryptable', (said) => said.message_id === sent)
			assert.equal(data.reason, 'sealed')
			assert.match(data.detail, why)
			assert.deepEqual(data.sender, person(ada))
		})
	await t.test('an edit that comes before its message', async () => {
		const early = { id: '3AEARLY0001', secret: randomBytes(32), author: pn(ada), sender: lid(ada) }
		const sent = await ada.sends(sealedEdit('in time', early), { to: owner })
		const { data } = await hears('message.undecryptable', (said) => said.message_id === sent)
		assert.equal(data.target_message_id, early.id)
		const messageContextInfo = { messageSecret: early.secret }
		await ada.sends({ conversation: 'late', messageContextInfo }, { to: owner, id: early.id })
		const edited = await hears('message.edited', (said) => said.message_id === early.id)
		assert.equal(edited.data.text, 'in time')
		sandbox.whatsapp.redelivers(owner.account, sent)
		await ada.says('done', { to: owner })
		await hears('message.received', ({ text }) => text === 'done')
		const told = (await logOf(gateway)).filter((event) => event.data.message_id === sent)
		assert.equal(told.length, 1)
	})
})
