import assert from 'node:assert/strict'
import { test } from 'node:test'
import { proto } from '@whiskeysockets/baileys'
import { wantsWithFilter } from '../../../gateway/src/delivery/registry/filter.ts'
import type { GatewayEvent } from '../../../gateway/src/events/index.ts'
import { messageReceived } from '../../../gateway/src/events/types/message-received.ts'
import type { Phone } from '../../../gateway/src/sandbox/index.ts'
import { logOf, openWorld, person, SESSION, type World } from './support/world.ts'

const pn = ({ account }: Phone, device = '') => `${account.phone}${device}@s.whatsapp.net`
const lid = ({ account }: Phone, device = '') => `${account.lid}${device}@lid`

/** The attributes with which WhatsApp names a person in a stanza. */
const forms: Record<string, (phone: Phone) => Record<string, string | null>> = {
	'by number': (phone) => ({ from: pn(phone), sender_pn: null, sender_lid: lid(phone) }),
	'by number alone': (phone) => ({ from: pn(phone), sender_pn: null, sender_lid: null }),
	'by LID': (phone) => ({ from: lid(phone), sender_pn: pn(phone), sender_lid: null }),
	'by LID alone': (phone) => ({ from: lid(phone), sender_pn: null, sender_lid: null }),
	'as a device of a number': (phone) => ({ from: pn(phone, ':0'), sender_lid: lid(phone) }),
	'as a device of a LID': (phone) => ({ from: lid(phone, ':0'), sender_pn: pn(phone) }),
	'through a list': (phone) => ({
		from: '1700000000@broadcast',
		participant: pn(phone),
		participant_lid: lid(phone),
	}),
	'through a list, by LID': (phone) => ({
		from: '1700000001@broadcast',
		participant: lid(phone),
		participant_pn: pn(phone),
	}),
}

const countOf = async ({ gateway }: World, id: string) =>
	(await logOf(gateway)).filter(({ data }) => data.message_id === id).length

test('a person is the same one, however WhatsApp names them', async (t) => {
	const world = await openWorld(t)
	const { ada, owner, hears, gateway } = world
	for (const [name, attrs] of Object.entries(forms))
		await t.test(name, async () => {
			const id = await ada.says(name, { to: owner, stanza: { attrs: attrs(ada) } })
			const { data } = await hears('message.received', ({ message_id }) => message_id === id)
			assert.deepEqual([data.chat, data.sender], [person(ada), person(ada)])
			assert.equal(data.broadcast, name.includes('list') ? true : undefined)
			await world.posts('messages/text', { to: data.chat.id, text: `to ${name}`, reply_to: id })
			await ada.receives(`to ${name}`)
			await ada.reacts(id, '👍')
			const reaction = await hears('message.reaction', ({ message_id }) => message_id === id)
			assert.deepEqual(reaction.data.chat, person(ada))
			await ada.edits(id, `${name}, edited`)
			await hears('message.edited', ({ text }) => text === `${name}, edited`)
		})
	await t.test('the same id in every form is one event', async () => {
		const id = '3ATHESAMEID'
		for (const attrs of Object.values(forms))
			await ada.says('once', { to: owner, id, stanza: { attrs: attrs(ada) } })
		await ada.says('after that', { to: owner })
		await hears('message.received', ({ text }) => text === 'after that')
		assert.equal(await countOf(world, id), 1)
	})
	await t.test('it has one chat', async () => {
		const { body } = await gateway.request('GET', `${SESSION}/chats`)
		const chats = body.chats.map(({ id }: { id: string }) => id)
		assert.deepEqual(
			chats.filter((id: string) => id.includes('broadcast') || id.includes(ada.account.lid)),
			[],
		)
		assert.equal(chats.filter((id: string) => id === pn(ada)).length, 1)
	})
	await t.test('a message that could not be read in one form heals in another', async () => {
		const id = '3AHEALED'
		const unread = { enc: false, attrs: forms['by number alone']!(ada) }
		await ada.says('read at last', { to: owner, id, stanza: unread })
		await ada.says('read at last', { to: owner, id, stanza: { attrs: forms['by LID']!(ada) } })
		await hears('message.received', ({ message_id }) => message_id === id)
		await ada.says('later', { to: owner })
		await hears('message.received', ({ text }) => text === 'later')
		assert.equal(await countOf(world, id), 1)
	})
	await t.test('a vote replaces the one that came in another form', async () => {
		const poll = { to: ada.account.phone, name: 'Which?', options: ['Red', 'Blue'] }
		const { message_id: id } = await world.posts('messages/poll', poll)
		await ada.receives((received) => received.id === id)
		for (const [option, form] of [
			['Red', 'by number alone'],
			['Blue', 'by LID'],
		] as const) {
			const vote = await voteIn(ada, id, option)
			await ada.sends(vote, { to: owner, stanza: { attrs: forms[form]!(ada) } })
			const { data } = await hears('poll.vote', ({ options }) => options?.[0] === option)
			assert.equal(
				data.totals.reduce((sum: number, { votes }: any) => sum + votes, 0),
				1,
			)
		}
	})
})

test('somebody new is one person from their first message on, whichever jid it names', async (t) => {
	const world = await openWorld(t)
	const { owner, sandbox, hears, gateway } = world
	const names = Object.keys(forms)
	for (const [n, first] of names.entries())
		for (const [m, second] of names.entries()) {
			if (n === m) continue
			const stranger = sandbox.phone(`4917099${n}${m}`, { name: `Stranger ${n}${m}` })
			const id = `3ANEW${n}${m}`
			for (const form of [first, second])
				await stranger.says('hello', { to: owner, id, stanza: { attrs: forms[form]!(stranger) } })
			const text = `after ${id}`
			await stranger.says(text, { to: owner })
			const { data } = await hears('message.received', (said) => said.text === text)
			assert.equal(data.chat.lid, lid(stranger), `${first}, then ${second}`)
			assert.equal(await countOf(world, id), 1, `${first}, then ${second}`)
		}
	const { body } = await gateway.request('GET', `${SESSION}/chats`)
	const ids = body.chats.map(({ lid: one }: { lid: string }) => one)
	assert.equal(new Set(ids).size, ids.length)
})

test('a broadcast list of somebody is in the chat with them, and one of the account is no chat', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, owner, hears, gateway } = world
	for (const phone of [ada, carl]) {
		await phone.broadcasts({ conversation: `from ${phone.account.name}` }, [owner])
		const { data } = await hears(
			'message.received',
			({ text }) => text === `from ${phone.account.name}`,
		)
		assert.deepEqual([data.chat, data.broadcast], [person(phone), true])
	}
	await owner.broadcasts({ conversation: 'to all' }, [ada, carl])
	const { data } = await hears('message.sent', ({ text }) => text === 'to all')
	assert.ok(data.chat.id.endsWith('@broadcast') && data.broadcast)
	await owner.says('to one', { to: ada })
	await hears('message.sent', ({ text }) => text === 'to one')
	const { body } = await gateway.request('GET', `${SESSION}/chats`)
	for (const { id } of body.chats) assert.doesNotMatch(id, /broadcast/)
})

test('in a group a member is the same one by number and by LID', async (t) => {
	const world = await openWorld(t)
	const { ada, hears } = world
	const group = await world.group()
	const members: Record<string, Record<string, string | null>> = {
		number: { participant: pn(ada), participant_pn: null, participant_lid: null },
		LID: { participant: lid(ada), participant_pn: pn(ada), participant_lid: null },
		'LID alone': { participant: lid(ada), participant_pn: null, participant_lid: null },
	}
	for (const attrs of Object.values(members))
		await ada.says('once', { to: group, id: '3AINAGROUP', stanza: { attrs } })
	await ada.says('after that', { to: group })
	const { data } = await hears('message.received', ({ text }) => text === 'after that')
	assert.deepEqual(data.sender, person(ada))
	assert.equal(await countOf(world, '3AINAGROUP'), 1)
})

/** A vote as the phone makes it, to be sent in a stanza of one's own. */
async function voteIn(phone: Phone, id: string, option: string): Promise<proto.IMessage> {
	const sent = await phone.votes(id, [option])
	return phone.message(sent).message
}

test('filters of webhooks find a person under each of their names', () => {
	const { type, example } = messageReceived
	const [phone, number] = [example.chat.phone!, example.chat.lid!.split('@')[0]]
	const of = { id: 'e', timestamp: '', session: 'main', seq: 1 }
	const event = { ...of, type, data: example } as GatewayEvent
	const names = [
		...[phone, `+${phone}`, `${phone}@s.whatsapp.net`, `${phone}:7@s.whatsapp.net`],
		...[`${phone}@c.us`, `${phone}@hosted`, `${phone}:99@hosted`],
		...[`${number}@lid`, `${number}:7@lid`, `${number}:99@hosted.lid`],
	]
	for (const name of names)
		for (const filter of [{ chats: [name] }, { senders: [name] }])
			assert.ok(wantsWithFilter({ events: ['*'], filter })(event), JSON.stringify(filter))
	for (const name of [`1${phone}`, `${phone}@lid`, `${number}@s.whatsapp.net`])
		assert.ok(!wantsWithFilter({ events: ['*'], filter: { chats: [name] } })(event), name)
})
