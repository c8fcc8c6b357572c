import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { node } from '../../../gateway/src/sandbox/wire/node.ts'
import { logOf, openWorld, person } from './support/world.ts'

const { Type } = proto.Message.ProtocolMessage
const unavailable = (type?: string, attrs = {}) => node('unavailable', { type, ...attrs })

test('every message that comes without readable content is told once, with its reason', async (t) => {
	const world = await openWorld(t)
	const { owner, ada, carl, hears, gateway, sandbox } = world
	const group = await world.group()
	const cases: Record<string, [string, object[]]> = {
		'to be viewed once': ['view_once', [unavailable('view_once')]],
		'to be viewed once, newly spelled': [
			'view_once',
			[unavailable('view_once_unavailable_fanout')],
		],
		'of a hosted business': ['hosted', [unavailable('hosted_unavailable_fanout')]],
		'of a hosted business by attribute': ['hosted', [unavailable(undefined, { hosted: 'true' })]],
		'of a bot': ['bot', [unavailable('bot_unavailable_fanout')]],
		'encrypted for a bot': ['bot', [node('enc', { type: 'msmsg', v: 2 }, Buffer.from('x'))]],
		'encrypted in an unknown way': [
			'not_decrypted',
			[node('enc', { type: 'qmsg', v: 2 }, Buffer.from('x'))],
		],
	}
	for (const [name, [reason, children]] of Object.entries(cases))
		for (const [by, to] of [
			[ada, owner],
			[carl, group],
		] as const)
			await t.test(`${name}, ${to === owner ? 'to a person' : 'to a group'}`, async () => {
				const stanza = { enc: false, children: children as never }
				const id = await by.sends(picture(), { to, stanza })
				const { data } = await hears('message.undecryptable', ({ message_id }) => message_id === id)
				assert.equal(data.reason, reason)
				assert.deepEqual(data.sender, person(by))
				assert.equal(data.chat.id, to === owner ? person(by).id : group)
				sandbox.whatsapp.redelivers(owner.account, id)
			})
	await t.test('a group message without its author', async () => {
		const stanza = { attrs: { participant: null } }
		const id = await carl.sends({ conversation: 'whose?' }, { to: group, stanza })
		const { data } = await hears('message.undecryptable', ({ message_id }) => message_id === id)
		assert.deepEqual([data.chat.id, data.reason], [group, 'not_decrypted'])
	})
	await t.test('none is told twice, and what comes after them is told', async () => {
		await ada.says('done', { to: owner })
		await hears('message.received', ({ text }) => text === 'done')
		const told = (await logOf(gateway)).flatMap(({ type, data }) =>
			type === 'message.undecryptable' ? data.message_id : [],
		)
		assert.equal(new Set(told).size, told.length)
	})
})

test('what the phone gives for a message without content is the message', async (t) => {
	const { owner, ada, carl, hears, gateway } = await openWorld(t)
	for (const phone of [ada, carl]) {
		const text = `an advertisement for ${phone.account.name}`
		const id = await phone.says(text, { to: owner, stanza: { enc: false } })
		const { data } = await hears('message.received', (said) => said.text === text)
		assert.equal(data.message_id, id)
		assert.equal(data.chat.id, person(phone).id)
		const told = (await logOf(gateway)).filter((event) => event.data.message_id === id)
		const types = told.map(({ type }) => type)
		// The phone is asked after two seconds, and the report comes after one and a half here.
		assert.deepEqual(types, ['message.undecryptable', 'message.received'])
		assert.equal(told[0].data.reason, 'absent')
	}
})

test('the label of a member is a change of the group', async (t) => {
	const world = await openWorld(t)
	const group = await world.group()
	for (const label of ['Coach', '']) {
		const type = Type.GROUP_MEMBER_LABEL_CHANGE
		await world.ada.sends({ protocolMessage: { type, memberLabel: { label } } }, { to: group })
		const { data } = await world.hears('group.updated', (said) => said.member_label === label)
		assert.deepEqual([data.chat.id, data.by], [group, person(world.ada)])
	}
})

test('every content that a person has made is told, known or not', async (t) => {
	const { owner, ada, hears } = await openWorld(t)
	const future = proto.Message.decode(Buffer.from([0xca, 0x3f, 2, 0x0a, 0])) // field 1017
	const cases: Record<string, [proto.IMessage, string, Record<string, unknown>]> = {
		'a placeholder': [
			{ placeholderMessage: { type: 0 } },
			'message.undecryptable',
			{ reason: 'masked' },
		],
		'a kind of the future': [future, 'message.received', { type: 'unknown', text: null }],
		'a protocol message of a person': [
			{ protocolMessage: { type: Type.REMINDER_MESSAGE } },
			'message.received',
			{ type: 'unknown', kind: 'protocolMessage' },
		],
	}
	for (const [name, [message, type, says]] of Object.entries(cases))
		await t.test(name, async () => {
			const id = await ada.sends(message, { to: owner })
			const { data } = await hears(type, ({ message_id }) => message_id === id)
			assert.deepEqual({ ...data, ...says }, data)
		})
})

const picture = (): proto.IMessage => ({
	viewOnceMessageV2: { message: { imageMessage: { caption: 'once', mimetype: 'image/png' } } },
})
