import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { idOf, sharedWorld } from '../groups/world.ts'
import { channelOf, pathOf } from './world.ts'

const world = sharedWorld()

test('posts are read page by page, with their counts, reacted to and viewed', async () => {
	const { does, ada, bora, owner } = world()
	const channel = channelOf(world(), ada, 'Posts', [bora])
	for (const text of ['one', 'two', 'three']) await ada.says(text, { to: channel.id })
	const numbers = channel.messages.map(({ serverId }) => serverId)
	bora.channels.reacts(channel.id, numbers[2]!, '👍')
	const path = pathOf(channel.id, '/messages')
	const first = await does('GET', `${path}?limit=2`)
	assert.deepEqual(
		first.messages.map(({ text, server_message_id }: any) => [text, server_message_id]),
		[
			['three', numbers[2]],
			['two', numbers[1]],
		],
	)
	const [newest] = first.messages
	assert.deepEqual([newest.views, newest.reactions], [0, { '👍': 1 }])
	assert.deepEqual([newest.chat.id, newest.type, newest.from_me], [channel.id, 'text', false])
	assert.equal(newest.message_id, channel.messages[2]!.id)
	assert.equal(first.next, numbers[1])
	const second = await does('GET', `${path}?limit=2&before=${first.next}`)
	assert.deepEqual(
		second.messages.map(({ text }: any) => text),
		['one'],
	)
	assert.equal(second.next, null)
	assert.equal((await does('GET', `chats/${channel.id}/messages`)).messages.length, 3)

	assert.deepEqual(await does('POST', `${path}/${numbers[2]}/react`, { emoji: '🍵' }), {
		success: true,
	})
	await does('POST', `${path}/viewed`, { server_ids: numbers })
	const [seen] = (await does('GET', `${path}?limit=1`)).messages
	assert.deepEqual([seen.views, seen.reactions], [1, { '👍': 1, '🍵': 1 }])
	await does('POST', `${path}/${numbers[2]}/react`, { emoji: '' })
	assert.deepEqual(Object.keys(channel.messages[2]!.reactions), [bora.account.phone])
	assert.deepEqual(channel.messages[0]!.viewers, [owner.account.phone])
})

test('who watches a channel hears how its posts are seen and reacted to', async () => {
	const { does, hears, ada, bora } = world()
	const channel = channelOf(world(), ada, 'Watched', [bora])
	await ada.says('look', { to: channel.id })
	const { seconds } = await does('POST', pathOf(channel.id, '/live'))
	assert.equal(seconds, 300)
	const number = channel.messages[0]!.serverId
	bora.channels.views(channel.id, number)
	bora.channels.reacts(channel.id, number, '❤️')
	const seen = await hears('channel.view', ({ chat, count }) => chat.id === channel.id && count > 0)
	assert.deepEqual([seen.server_message_id, seen.count], [number, 1])
	const { emoji, count } = await hears('channel.reaction', ({ chat }) => chat.id === channel.id)
	assert.deepEqual([emoji, count], ['❤️', 1])
})

test('followers and admins are listed; admins are invited, removed, and one becomes the owner', async () => {
	const { does, ask, hears, ada, bora, cem, owner, isRefused } = world()
	const channel = channelOf(world(), owner, 'Ours', [ada, bora])
	const { id } = channel
	const { followers, total } = await does('GET', pathOf(id, '/followers?limit=2'))
	assert.equal(total, 3)
	assert.deepEqual(
		followers.map(({ jid, role, name }: any) => [jid, role, name]),
		[
			[idOf(owner), 'owner', 'Owner'],
			[idOf(ada), 'subscriber', 'Ada'],
		],
	)
	const rest = await does('GET', pathOf(id, '/followers?limit=2&offset=2'))
	assert.deepEqual(
		rest.followers.map(({ jid }: any) => jid),
		[idOf(bora)],
	)

	for (const person of [ada, bora]) {
		const { expires_at } = await does('POST', pathOf(id, '/admins'), { jid: person.account.phone })
		assert.equal(expires_at, channel.invited![person.account.phone])
	}
	const invited = await does('GET', pathOf(id, '/admins'))
	assert.deepEqual(invited.invited.map(({ jid }: any) => jid).sort(), [ada, bora].map(idOf).sort())
	assert.deepEqual([invited.total, invited.admins.length], [1, 1])
	await does('DELETE', pathOf(id, `/admin-invites/${bora.account.phone}`))
	assert.deepEqual(Object.keys(channel.invited!), [ada.account.phone])
	const gone = ['DELETE', pathOf(id, `/admin-invites/${bora.account.phone}`)] as [string, string]
	await isRefused(gone, 404, 'whatsapp_not_found')

	ada.channels.acceptsInvite(id)
	const isAbout = (person: typeof ada, role: string) => (data: any) =>
		data.chat.id === id && data.contact.id === idOf(person) && data.role === role
	await hears('channel.admins', isAbout(ada, 'admin'))
	await does('DELETE', pathOf(id, `/admins/${ada.account.phone}`))
	assert.deepEqual(channel.admins, [])
	assert.equal((await hears('channel.admins', isAbout(ada, 'subscriber'))).by.id, idOf(owner))

	owner.channels.invitesAdmin(id, bora)
	bora.channels.acceptsInvite(id)
	const transfer = pathOf(id, '/owner')
	await isRefused(['POST', transfer, { jid: cem.account.phone }], 403, 'whatsapp_forbidden')
	await does('POST', transfer, { jid: bora.account.phone })
	assert.equal(channel.owner, bora.account.phone)
	await hears('channel.admins', isAbout(bora, 'owner'))
	await hears('channel.updated', ({ chat, role }) => chat.id === id && role === 'admin')
	await isRefused(['POST', transfer, { jid: bora.account.phone }], 403, 'whatsapp_forbidden')
	const nobody = await ask('POST', pathOf(id, '/admins'), { jid: '491700009999' })
	assert.deepEqual([nobody.status, nobody.body.code], [422, 'recipient_not_on_whatsapp'])
})

test('an invitation to be an admin is accepted, and the account may post then', async () => {
	const { does, ask, hears, ada, owner } = world()
	const channel = channelOf(world(), ada, 'Theirs', [owner])
	const post = () => ask('POST', 'messages/text', { to: channel.id, text: 'from an admin' })
	assert.notEqual((await post()).status, 200)
	ada.channels.invitesAdmin(channel.id, owner)
	assert.deepEqual(await does('POST', pathOf(channel.id, '/admin-invites/accept')), {
		success: true,
	})
	await hears('channel.updated', ({ chat, role }) => chat.id === channel.id && role === 'admin')
	const { channels } = await does('GET', 'channels?role=admin&search=theirs')
	assert.deepEqual(
		channels.map(({ jid }: any) => jid),
		[channel.id],
	)
	assert.equal((await post()).status, 200)
	await until('the post is there', () => channel.messages.length === 1)
	ada.channels.demotes(channel.id, owner)
	const demoted = await hears(
		'channel.admins',
		({ chat, role }) => chat.id === channel.id && role === 'subscriber',
	)
	assert.equal(demoted.contact.id, idOf(owner))
})
