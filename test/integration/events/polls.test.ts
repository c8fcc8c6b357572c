import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGateway } from '../../support/gateway/gateway.ts'
import { openWorld, person, type World } from './support/world.ts'

const COLOURS = ['Red', 'Blue', 'Green']

async function asksAll({ posts, ada, carl }: World, group: string): Promise<string> {
	const poll = { to: group, name: 'Which?', options: COLOURS }
	const { message_id: id } = await posts('messages/poll', poll)
	for (const phone of [ada, carl]) await phone.receives((received) => received.id === id)
	return id
}

const totalsIn = ({ data }: any) => data.totals.map(({ votes }: any) => votes)
const votedBy = (phone: string, options: string[]) => (data: any) =>
	data.sender.phone === phone && JSON.stringify(data.options) === JSON.stringify(options)

test('votes are counted, and a changed vote replaces the earlier one', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, hears } = world
	const id = await asksAll(world, await world.group())
	await ada.votes(id, ['Red', 'Blue'])
	const first = await hears('poll.vote', votedBy(ada.account.phone, ['Red', 'Blue']))
	assert.deepEqual(totalsIn(first), [1, 1, 0])
	assert.deepEqual(first.data.sender, person(ada))
	await carl.votes(id, ['Blue'])
	const second = await hears('poll.vote', votedBy(carl.account.phone, ['Blue']))
	assert.deepEqual(totalsIn(second), [1, 2, 0])
	await ada.votes(id, ['Green'])
	const third = await hears('poll.vote', votedBy(ada.account.phone, ['Green']))
	assert.deepEqual(totalsIn(third), [0, 1, 1])
	await ada.votes(id, [])
	const last = await hears('poll.vote', votedBy(ada.account.phone, []))
	assert.deepEqual(totalsIn(last), [0, 1, 0])
})

test('votes are not forgotten when the gateway stops', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, hears, gateway, sandbox } = world
	const id = await asksAll(world, await world.group())
	await ada.votes(id, ['Red'])
	await hears('poll.vote')
	await gateway.stop()
	await carl.votes(id, ['Red'])
	const again = await openGateway(t, { dataDir: gateway.dataDir, sandbox })
	again.start()
	const event = await hears('poll.vote', votedBy(carl.account.phone, ['Red']))
	assert.deepEqual(totalsIn(event), [2, 0, 0])
})

test('a vote in a poll of another person is read as well', async (t) => {
	const world = await openWorld(t)
	const { ada, carl, owner, hears } = world
	const group = await world.group()
	const poll = { name: 'Mine?', options: [{ optionName: 'Yes' }, { optionName: 'No' }] }
	const id = await ada.sends({ pollCreationMessage: poll }, { to: group })
	await hears('message.received', ({ message_id }) => message_id === id)
	for (const phone of [carl, owner]) {
		await phone.receives((received) => received.id === id)
		await phone.votes(id, ['Yes'])
		const event = await hears('poll.vote', votedBy(phone.account.phone, ['Yes']))
		assert.equal(event.data.poll, 'Mine?')
		assert.equal(event.data.from_me, phone === owner)
	}
	const { event } = await world.receiver.gets(({ event }) => event.data.from_me === true)
	assert.deepEqual(totalsIn(event), [2, 0])
})

test('a vote that cannot be decrypted is reported as such', async (t) => {
	const { ada, owner, hears } = await openWorld(t)
	const vote = { encPayload: Buffer.alloc(48), encIv: Buffer.alloc(12) }
	const pollCreationMessageKey = { remoteJid: 'x@s.whatsapp.net', id: 'UNKNOWN', fromMe: true }
	await ada.sends({ pollUpdateMessage: { pollCreationMessageKey, vote } }, { to: owner })
	const { data } = await hears('poll.vote')
	assert.deepEqual(
		[data.message_id, data.poll, data.options, data.totals],
		['UNKNOWN', null, null, null],
	)
})
