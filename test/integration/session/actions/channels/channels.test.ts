import assert from 'node:assert/strict'
import { test } from 'node:test'
import sharp from 'sharp'
import { ADMIN_KEY } from '../../../../support/gateway/gateway.ts'
import { sharedWorld } from '../groups/world.ts'
import { channelOf, controls, pathOf } from './world.ts'

const world = sharedWorld()

const image = async () =>
	(
		await sharp({ create: { width: 90, height: 30, channels: 3, background: '#336699' } })
			.png()
			.toBuffer()
	).toString('base64')

const channelAt = (jid: string) => world().sandbox.whatsapp.directory.channels.get(jid)

const isTold = (jid: string, change: object) =>
	world().hears('channel.updated', ({ chat, ...said }) => {
		return chat.id === jid && Object.entries(change).every(([name, value]) => said[name] === value)
	})

test('a channel is created once, shown by all of its names, changed and deleted', async () => {
	const { does, gateway, sandbox } = world()
	const body = { name: 'Daily', description: 'What happens', picture: { data: await image() } }
	const create = () =>
		gateway.request('POST', '/api/v1/sessions/main/channels', body, {
			'x-api-key': ADMIN_KEY,
			'content-type': 'application/json',
			'idempotency-key': 'one-channel',
		})
	const made = (await create()).body
	assert.equal(made.name, 'Daily')
	assert.deepEqual((await create()).body, made)
	const all = [...sandbox.whatsapp.directory.channels.values()]
	assert.equal(all.filter(({ name }) => name === 'Daily').length, 1)
	const { jid, invite, invite_link } = made
	await isTold(jid, { role: 'owner', name: 'Daily' })
	const { format, width } = await sharp(channelAt(jid)!.picture!.image).metadata()
	assert.deepEqual([format, width], ['jpeg', 640])

	for (const name of [jid, jid.split('@')[0], invite, invite_link, `${invite_link}?x=1`])
		assert.deepEqual(await does('GET', pathOf(name)), made, name)
	assert.deepEqual(made, {
		...{ jid, name: 'Daily', description: 'What happens', invite, invite_link },
		...{ picture: made.picture, verified: false, subscribers: 1, role: 'owner', muted: false },
		...{ state: 'active', created_at: channelAt(jid)!.creation },
	})
	assert.match(made.picture, new RegExp(channelAt(jid)!.picture!.id))
	assert.equal(invite_link, `https://whatsapp.com/channel/${channelAt(jid)!.invite}`)

	const changed = await does('PUT', pathOf(jid), { name: 'Weekly', description: '' })
	assert.deepEqual([changed.name, changed.description], ['Weekly', null])
	assert.deepEqual([channelAt(jid)!.name, channelAt(jid)!.description], ['Weekly', ''])
	await isTold(jid, { name: 'Weekly', description: '' })

	assert.equal((await does('DELETE', pathOf(jid, '/picture'))).picture, null)
	await isTold(jid, { picture: 'removed' })
	await does('PUT', pathOf(jid, '/picture'), { image: { data: await image() } })
	assert.ok(channelAt(jid)!.picture)
	await isTold(jid, { picture: 'changed' })

	assert.deepEqual(await does('DELETE', pathOf(jid)), { success: true })
	assert.equal(channelAt(jid), undefined)
	await isTold(jid, { state: 'deleted' })
})

test('channels are followed, muted and listed by role; the phone does the same, and it is told', async () => {
	const { does, ada, owner, isRefused } = world()
	const channel = channelOf(world(), ada, 'Ada writes')
	const { id } = channel
	const own = channelOf(world(), owner, 'Own channel').id
	const listed = async (query = '') =>
		(await does('GET', `channels${query}`)).channels.map(({ jid }: any) => jid)
	const changes = [
		['follow', { role: 'subscriber' }, () => channel.followers.includes(owner.account.phone)],
		['mute', { muted: true }, () => channel.muted.includes(owner.account.phone)],
		['unmute', { muted: false }, () => !channel.muted.includes(owner.account.phone)],
		['unfollow', { role: 'guest' }, () => !channel.followers.includes(owner.account.phone)],
	] as const
	for (const [change, told, isSo] of changes) {
		assert.deepEqual(await does('POST', pathOf(channel.invite, `/${change}`)), { success: true })
		assert.ok(isSo(), change)
		await isTold(id, told)
	}
	assert.ok(!(await listed()).includes(id))

	const before = (await world().events()).length
	const toldSince = async (change: object) =>
		world().hears(
			'channel.updated',
			({ chat, ...said }) => {
				return chat.id === id && Object.entries(change).every(([key, value]) => said[key] === value)
			},
			before,
		)
	owner.channels.follows(id)
	await toldSince({ role: 'subscriber' })
	assert.deepEqual(await listed('?search=ada%20writes'), [id])
	assert.ok((await listed('?role=subscriber')).includes(id))
	assert.deepEqual(await listed('?role=owner&search=own'), [own])
	owner.channels.mutes(id)
	await toldSince({ muted: true })
	ada.channels.changes(id, { name: 'Ada sings', description: 'Songs' })
	await toldSince({ name: 'Ada sings', description: 'Songs' })
	assert.equal((await does('GET', pathOf(id))).muted, true)
	owner.channels.follows(id, false)
	await toldSince({ role: 'guest' })
	await isRefused(['POST', pathOf(own, '/follow')], 403, 'whatsapp_forbidden')
})

test('what WhatsApp refuses has its own status, and says what to do', async () => {
	const { ada, owner, isRefused, sandbox } = world()
	const theirs = channelOf(world(), ada, 'Refusals', [owner]).id
	const missing = '120363999999999999@newsletter'
	const cases: [[string, string, unknown?], number, string][] = [
		[['GET', pathOf(missing)], 404, 'whatsapp_not_found'],
		[['GET', pathOf('NoSuchInviteCode')], 404, 'whatsapp_not_found'],
		[['GET', pathOf('120363999999999999@g.us')], 400, 'invalid_recipient'],
		[['GET', pathOf('x')], 400, 'invalid_recipient'],
		[['PUT', pathOf(theirs), { name: 'Mine' }], 403, 'whatsapp_forbidden'],
		[['PUT', pathOf(theirs), {}], 400, 'invalid_request'],
		[['DELETE', pathOf(theirs)], 403, 'whatsapp_forbidden'],
		[['DELETE', pathOf(theirs, '/picture')], 403, 'whatsapp_forbidden'],
		[['POST', pathOf(missing, '/follow')], 404, 'whatsapp_not_found'],
		[['GET', pathOf(theirs, '/followers')], 403, 'whatsapp_forbidden'],
		[['GET', pathOf(theirs, '/admins')], 403, 'whatsapp_forbidden'],
		[['POST', pathOf(theirs, '/admin-invites/accept')], 403, 'whatsapp_forbidden'],
		[['POST', pathOf(theirs, '/messages/99/react'), { emoji: '👍' }], 404, 'whatsapp_not_found'],
		[['POST', pathOf(missing, '/messages/viewed'), { server_ids: [1] }], 404, 'whatsapp_not_found'],
		[['GET', pathOf(missing, '/messages')], 404, 'whatsapp_not_found'],
		[['GET', pathOf(theirs, '/messages?limit=101')], 400, 'invalid_request'],
		[['POST', 'channels', { name: '' }], 400, 'invalid_request'],
		[['POST', 'channels/search', { text: 'news' }], 501, 'not_supported'],
	]
	for (const [request, status, code] of cases) await isRefused(request, status, code)

	for (const [state, status, code] of [
		['SUSPENDED', 410, 'whatsapp_gone'],
		['GEOSUSPENDED', 451, 'whatsapp_region_blocked'],
	] as const) {
		await controls(world(), `/channels/${theirs}/state`, { state })
		await isRefused(['GET', pathOf(theirs)], status, code)
		await isTold(theirs, { state: state.toLowerCase() })
	}
	const limit = { account: owner.account.phone, xmlns: 'w:mex', times: 1 }
	await controls(world(), '/faults', { type: 'rate_limit', ...limit })
	await isRefused(['GET', pathOf(missing)], 429, 'whatsapp_rate_limited')
	assert.equal(sandbox.whatsapp.directory.channels.get(theirs)!.name, 'Refusals')
})

test('a query whose number WhatsApp has forgotten is asked by the next one', async () => {
	const { does, isRefused, ada, owner } = world()
	const { id } = channelOf(world(), ada, 'Old numbers', [owner])
	await controls(world(), '/faults', { type: 'retire_query', id: '6388546374527196' })
	const listed = async () => {
		// A change makes the list be asked for anew.
		await does('POST', pathOf(id, '/mute'))
		return (await does('GET', 'channels?search=old%20numbers')).channels
	}
	assert.equal((await listed())[0].jid, id)
	await controls(world(), '/faults', { type: 'retire_query', id: '9864994326891137' })
	await isRefused(['POST', pathOf(id, '/unmute')], 400, 'invalid_request')
})

test('GraphQL is asked as it is, with an admin key only', async () => {
	const { does, gateway, ada, ask } = world()
	const { id } = channelOf(world(), ada, 'By GraphQL')
	const doc_id = '6563316087068696'
	const variables = { input: { type: 'JID', key: id } }
	for (const kind of ['query', 'mutate']) {
		const { data, errors } = await does('POST', `mex/${kind}`, { doc_id, variables })
		assert.equal(data.xwa2_newsletter.id, id)
		assert.deepEqual(errors, [])
	}
	const unknown = await does('POST', 'mex/query', { doc_id: '12345' })
	assert.equal(unknown.data, null)
	assert.equal(unknown.errors[0].extensions.error_code, 400)
	const asked = { name: 'a member', role: 'member', sessions: ['main'] }
	const { body: member } = await gateway.request('POST', '/api/v1/keys', asked)
	const headers = { 'x-api-key': member.key, 'content-type': 'application/json' }
	const path = '/api/v1/sessions/main/mex/query'
	const refused = await gateway.request('POST', path, { doc_id }, headers)
	assert.deepEqual([refused.status, refused.body.code], [403, 'forbidden'], refused.text)
	assert.equal((await ask('POST', 'mex/query', { doc_id: 'x' })).status, 400)
})
