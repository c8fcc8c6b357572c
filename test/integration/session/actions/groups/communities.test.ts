import assert from 'node:assert/strict'
import { test } from 'node:test'
import { childOf, childrenOf } from '../../../../../gateway/src/sandbox/wire/node.ts'
import { ADMIN_KEY } from '../../../../support/gateway/gateway.ts'
import { until } from '../../../../support/wait.ts'
import { idOf, sharedWorld } from './world.ts'

const world = sharedWorld()

/** What every new community is created with. */
const ALWAYS = ['parent', 'create_general_chat']

const pathOf = (community: string, below = '') =>
	`communities/${encodeURIComponent(community)}${below}`

test('a community is created with its groups, listed, shown and ended', async () => {
	const { does, sandbox, ownGroup } = world()
	const { community_jid, announcement_jid, general_jid } = await does('POST', 'communities', {
		name: 'Street',
		description: 'Everybody here',
	})
	const { groups: known } = sandbox.whatsapp.directory
	assert.ok(known.get(community_jid)?.isParent)
	assert.ok(known.get(announcement_jid)?.isAnnouncement)
	assert.equal(known.get(general_jid)?.parent, community_jid)
	ownGroup('Street of others')

	const { communities, total } = await does('GET', 'communities?search=street')
	assert.equal(total, 1)
	assert.deepEqual(communities, [
		{
			jid: community_jid,
			name: 'Street',
			topic: 'Everybody here',
			participant_count: 1,
			announcement_jid,
		},
	])
	const shown = await does('GET', pathOf(community_jid))
	assert.deepEqual([shown.name, shown.is_community], ['Street', true])
	const { groups } = await does('GET', pathOf(community_jid, '/groups'))
	assert.deepEqual(shown.groups, groups)
	assert.deepEqual(
		groups.map(({ jid, announce }: any) => [jid, announce]),
		[
			[announcement_jid, true],
			[general_jid, false],
		],
	)
	assert.equal((await does('GET', `groups/${general_jid}`)).parent_jid, community_jid)
	assert.deepEqual(await does('DELETE', pathOf(community_jid)), { success: true })
	assert.ok(!known.has(community_jid))
	assert.equal((await does('GET', 'communities')).total, 0)
})

test('a community is created once for an idempotency key, with what its members may do', async () => {
	const { gateway, sandbox } = world()
	const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' }
	for (const [name, asked, approval, parts] of [
		['Guarded', {}, 'request_required', [...ALWAYS, 'allow_non_admin_sub_group_creation']],
		['Open', { approval: false, members_create_groups: false }, undefined, ALWAYS],
	] as const) {
		const create = () => {
			const once = { ...headers, 'idempotency-key': name }
			return gateway.request('POST', '/api/v1/sessions/main/communities', { name, ...asked }, once)
		}
		const { status, body } = await create()
		assert.equal(status, 200)
		assert.deepEqual((await create()).body, body)
		const created = sandbox.whatsapp.log
			.list(({ direction }) => direction === 'in')
			.flatMap(({ stanza }) => childOf(stanza, 'create') ?? [])
			.filter(({ attrs }) => attrs.subject === name)
		assert.equal(created.length, 1)
		const tags = childrenOf(created[0]).map(({ tag }) => tag)
		assert.deepEqual(tags.sort(), [...parts].sort())
		const { attrs } = childOf(created[0], 'parent')!
		assert.equal(attrs.default_membership_approval_mode, approval)
	}
})

test('groups are made in a community, linked and unlinked, and it is told', async () => {
	const { does, groupAt, hears, ownGroup, ada, bora, owner, isRefused } = world()
	const { community_jid } = await does('POST', 'communities', { name: 'Club' })
	const made = await does('POST', pathOf(community_jid, '/groups'), {
		name: 'Inside',
		participants: [ada.account.phone],
	})
	assert.equal(groupAt(made.group_jid).parent, community_jid)
	assert.deepEqual(made.results, [{ jid: idOf(ada), status: 'Added', code: 200 }])

	const [own, second] = [ownGroup('Own', [bora]), ownGroup('Second')]
	const theirs = ada.createsGroup('Theirs', [owner])
	const missing = '120363999999999999@g.us'
	const groups = [own, made.group_jid, theirs, missing]
	const { results } = await does('POST', pathOf(community_jid, '/groups/link'), { groups })
	assert.deepEqual(
		results.map(({ jid, status, code }: any) => [jid, status, code]),
		[
			[own, 'Linked', 200],
			[made.group_jid, 'AlreadyLinked', 409],
			[theirs, 'NotAllowed', 403],
			[missing, 'NotFound', 404],
		],
	)
	assert.equal(groupAt(own).parent, community_jid)
	const isTold = (action: string, jid: string) =>
		hears(
			'community.groups',
			(data) =>
				data.chat.id === community_jid && data.action === action && data.groups[0].jid === jid,
		)
	const told = await isTold('linked', own)
	assert.deepEqual([told.by.id, told.groups[0].name], [idOf(owner), 'Own'])
	await does('PUT', pathOf(community_jid, `/groups/${second}`))
	assert.equal(groupAt(second).parent, community_jid)
	const left = await does('DELETE', pathOf(community_jid, `/groups/${own}?remove_orphans=true`))
	assert.deepEqual(left.results, [{ jid: own, status: 'Unlinked', code: 200 }])
	assert.equal(groupAt(own).parent, undefined)
	await isTold('unlinked', own)
	const other = ada.groups.createsCommunity('Theirs')
	const asked = ['POST', pathOf(other, '/groups/link'), { groups: [own] }] as [
		string,
		string,
		object,
	]
	await isRefused(asked, 403, 'whatsapp_forbidden')
})

test('members of a community are listed and removed, and groups in it joined', async () => {
	const { does, groupAt, isRefused, ownGroup, ada, bora, cem, owner } = world()
	const { community_jid } = await does('POST', 'communities', { name: 'Members' })
	const own = ownGroup('With Bora', [bora])
	await does('PUT', pathOf(community_jid, `/groups/${own}`))
	const { participants } = await does('GET', pathOf(community_jid, '/participants'))
	const ids = participants.map(({ jid }: { jid: string }) => jid)
	assert.deepEqual(ids.sort(), [owner, bora].map(idOf).sort())
	const asked = { participants: [bora.account.phone] }
	const { results } = await does('POST', pathOf(community_jid, '/participants/remove'), asked)
	assert.deepEqual(results, [{ jid: idOf(bora), status: 'Removed', code: 200 }])
	assert.ok(!(bora.account.phone in groupAt(own).members))

	const theirs = ada.groups.createsCommunity('Their community')
	const inside = ada.createsGroup('To be joined', [cem])
	const entry = ada.createsGroup('Entry', [owner])
	ada.groups.links(theirs, entry)
	ada.groups.links(theirs, inside)
	await until('the account is in the community', async () =>
		Object.keys(groupAt(theirs).members).includes(owner.account.phone),
	)
	const joined = await does('POST', pathOf(theirs, `/groups/${inside}/join`))
	assert.deepEqual(joined, { status: 'joined', group_jid: inside })
	assert.equal(groupAt(inside).members[owner.account.phone], 'member')
	await isRefused(['POST', pathOf(inside, '/leave')], 404, 'whatsapp_not_found')
	assert.ok(owner.account.phone in groupAt(inside).members)
	assert.deepEqual(await does('POST', pathOf(theirs, '/leave')), { success: true })
	assert.ok(!(owner.account.phone in groupAt(theirs).members))
})

test('who leaves a group or is removed from it hears that it is over', async () => {
	const { does, hears, ada, owner } = world()
	const left = ada.createsGroup('Left', [owner])
	await does('POST', `groups/${left}/leave`)
	assert.equal((await hears('group.left', ({ chat }) => chat.id === left)).by.id, idOf(owner))
	const removed = ada.createsGroup('Removed', [owner])
	ada.groups.changes(removed, { remove: [owner] })
	assert.equal((await hears('group.left', ({ chat }) => chat.id === removed)).by.id, idOf(ada))
})

test('settings that Baileys does not know are told too', async () => {
	const { does, hears, ownGroup, owner } = world()
	const group = ownGroup('Told')
	for (const [asked, told] of [
		[{ member_link_mode: 'all_member_link' }, { everyone_shares_link: true }],
		[{ member_link_mode: 'admin_link' }, { everyone_shares_link: false }],
		[{ frequently_forwarded: false }, { frequently_forwarded: false }],
		[{ frequently_forwarded: true }, { frequently_forwarded: true }],
		[{ admin_reports: true }, { admin_reports: true }],
		[{ group_history: true }, { group_history: true }],
	] as const) {
		await does('PATCH', `groups/${group}`, asked)
		const [[name, value]] = Object.entries(told) as [[string, boolean]]
		const data = await hears(
			'group.updated',
			(data) => data.chat.id === group && data[name] === value,
		)
		assert.equal(data.by.id, idOf(owner))
	}
})
