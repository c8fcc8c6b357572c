import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { idOf, pathOf, sharedWorld } from './world.ts'

const world = sharedWorld()

test('a group is created with its settings, and says who was not added', async () => {
	const { does, groupAt, hears, ada, bora, cem, owner } = world()
	cem.choosesPrivacy('groupadd', 'none')
	const { group_jid, group, results } = await does('POST', 'groups', {
		name: 'Team',
		description: 'Who brings what',
		participants: [`+${ada.account.phone}`, `${bora.account.lid}@lid`, idOf(cem), '4915199999999'],
		announce: true,
		locked: true,
		member_add_mode: 'all_member_add',
		member_link_mode: 'all_member_link',
		membership_approval_mode: 'on',
		expiration: 86_400,
	})
	cem.choosesPrivacy('groupadd', 'all')
	const known = groupAt(group_jid)
	const { announcement, locked, allMembersAdd, allMembersLink, approval, ephemeral } = known
	assert.deepEqual(
		{ announcement, locked, allMembersAdd, allMembersLink, approval, ephemeral },
		{
			announcement: true,
			locked: true,
			allMembersAdd: true,
			allMembersLink: true,
			approval: true,
			ephemeral: 86_400,
		},
	)
	assert.equal(known.description?.body, 'Who brings what')
	assert.deepEqual(known.members, {
		[ada.account.phone]: 'member',
		[bora.account.phone]: 'member',
		[owner.account.phone]: 'superadmin',
	})
	assert.deepEqual(
		results.map(({ status, code }: any) => [status, code]),
		[
			['Added', 200],
			['Added', 200],
			['Invited', 403],
			['NotOnWhatsApp', 404],
		],
	)
	assert.equal(results[2].jid, idOf(cem))
	assert.equal(results[2].invite_code, known.invitations?.[cem.account.phone]?.code)
	assert.ok(results[2].invite_expiration > Date.now() / 1000)
	const { jid, name, topic, participant_count, only_admins_send, everyone_adds, owner: by } = group
	assert.deepEqual([jid, name, topic], [group_jid, 'Team', 'Who brings what'])
	assert.deepEqual([participant_count, only_admins_send, everyone_adds], [3, true, true])
	assert.equal(by, idOf(owner))
	const members = group.participants.map(({ jid }: { jid: string }) => jid)
	assert.deepEqual(members.sort(), [ada, bora, owner].map(idOf).sort())
	const told = await hears('group.joined', ({ chat }) => chat.id === group_jid)
	assert.equal(told.subject, 'Team')
})

test('a group is created once for an idempotency key', async () => {
	const { gateway, sandbox, ada } = world()
	const create = (name: string) =>
		gateway.app.request('/api/v1/sessions/main/groups', {
			method: 'POST',
			headers: {
				'x-api-key': 'an-admin-key-for-tests-only',
				'content-type': 'application/json',
				'idempotency-key': 'once-only',
			},
			body: JSON.stringify({ name, participants: [ada.account.phone] }),
		})
	const [first, second] = [await create('Once'), await create('Once')]
	assert.deepEqual(await first.json(), await second.json())
	const { groups } = sandbox.whatsapp.directory
	assert.equal([...groups.values()].filter(({ subject }) => subject === 'Once').length, 1)
	assert.equal((await create('Other')).status, 422)
})

for (const addressing of ['lid', 'pn'] as const)
	test(`members are added, made admins and removed, by any of their names (${addressing})`, async () => {
		const { does, groupAt, hears, ownGroup, ada, bora, cem, owner } = world()
		const group = ownGroup('Names', [ada], addressing)
		const isTold = (action: string, who: typeof ada) =>
			hears(
				'group.participants',
				(data) =>
					data.chat.id === group && data.action === action && data.participants[0].id === idOf(who),
			)
		const steps = [
			['POST', 'participants', `${bora.account.lid}@lid`, bora, 'add', 'Added', 'member'],
			['POST', 'participants', `+49 170 0000004`, cem, 'add', 'Added', 'member'],
			['POST', 'admins', idOf(bora), bora, 'promote', 'Promoted', 'admin'],
			['POST', 'admins', `${cem.account.lid}@lid`, cem, 'promote', 'Promoted', 'admin'],
			['DELETE', 'admins', `${bora.account.lid}@lid`, bora, 'demote', 'Demoted', 'member'],
			['POST', 'admins/demote', cem.account.phone, cem, 'demote', 'Demoted', 'member'],
			['DELETE', 'participants', bora.account.phone, bora, 'remove', 'Removed', undefined],
			[
				'POST',
				'participants/remove',
				`${cem.account.lid}@lid`,
				cem,
				'remove',
				'Removed',
				undefined,
			],
		] as const
		for (const [method, path, name, who, action, status, role] of steps) {
			const { results } = await does(method, `${pathOf(group)}/${path}`, { participants: [name] })
			assert.deepEqual(results, [{ jid: idOf(who), status, code: 200 }])
			assert.equal(groupAt(group).members[who.account.phone], role, `${method} ${path}`)
			const { by } = await isTold(action, who)
			assert.equal(by.id, idOf(owner))
			// What was known of the group is not told any more.
			const { participants } = await does('GET', `${pathOf(group)}/info`)
			assert.equal(participants.find(({ jid }: any) => jid === idOf(who))?.role, role)
		}
	})

test('each person who is refused has a word and a code', async () => {
	const { does, groupAt, ownGroup, ada, bora, cem, owner, sandbox } = world()
	const group = ownGroup('Refusals', [ada, bora])
	const path = pathOf(group)
	bora.groups.leaves(group)
	cem.choosesPrivacy('groupadd', 'none')
	const add = async (...participants: string[]) =>
		(await does('POST', `${path}/participants`, { participants })).results.map(
			({ status, code }: any) => [status, code],
		)
	assert.deepEqual(
		await add(ada.account.phone, idOf(bora), idOf(cem), '4915199999999', `${ada.account.lid}@lid`),
		[
			['AlreadyMember', 409],
			['RecentlyLeft', 408],
			['Invited', 403],
			['NotOnWhatsApp', 404],
		],
	)
	groupAt(group).mostMembers = 2
	const dora = sandbox.phone('491700000005', { name: 'Dora' })
	assert.deepEqual(await add(dora.account.phone), [['GroupFull', 419]])
	const change = async (method: string, what: string, who: typeof ada) => {
		const asked = { participants: [who.account.phone] }
		const [result] = (await does(method, `${path}/${what}`, asked)).results
		return [result.status, result.code]
	}
	assert.deepEqual(await change('DELETE', 'participants', dora), ['NotMember', 404])
	assert.deepEqual(await change('POST', 'admins', dora), ['NotMember', 404])
	assert.deepEqual(await change('DELETE', 'participants', owner), ['NotAllowed', 406])
	assert.deepEqual(await change('DELETE', 'admins', owner), ['NotAllowed', 406])
	cem.choosesPrivacy('groupadd', 'all')
})

test('who cannot be added gets the invitation as a message', async () => {
	const { does, ownGroup, cem, ada } = world()
	cem.choosesPrivacy('groupadd', 'none')
	const group = ownGroup('Invited', [ada])
	const { results } = await does('POST', `${pathOf(group)}/participants`, {
		participants: [cem.account.phone],
		send_invite: true,
	})
	assert.deepEqual([results[0].status, results[0].invite_sent], ['Invited', true])
	const { message } = await cem.receives(({ message }) => !!message?.groupInviteMessage)
	assert.equal(message?.groupInviteMessage?.inviteCode, results[0].invite_code)
	assert.equal(message?.groupInviteMessage?.groupJid, group)
	cem.choosesPrivacy('groupadd', 'all')
})

test('the account leaves a group', async () => {
	const { does, groupAt, ownGroup, ada, owner, isRefused } = world()
	const group = ada.createsGroup('Left', [owner])
	assert.equal((await does('GET', 'groups?search=Left')).total, 1)
	assert.deepEqual(await does('POST', `${pathOf(group)}/leave`), { success: true })
	assert.ok(!(owner.account.phone in groupAt(group).members))
	await until('it is not listed', async () => !(await does('GET', 'groups?search=Left')).total)
	await isRefused(['POST', `${pathOf(group)}/leave`], 403, 'whatsapp_forbidden')
	ownGroup('Other')
})

test('groups are listed with what the account may do there, and members if they are asked for', async () => {
	const { does, ada, owner, ownGroup } = world()
	const own = ownGroup('Listed own', [ada])
	const theirs = ada.createsGroup('Listed theirs', [owner])
	const { groups } = await does('GET', 'groups?search=listed')
	assert.deepEqual(
		groups.map(({ jid, name, subject, is_admin }: any) => [jid, name, subject, is_admin]),
		[
			[own, 'Listed own', 'Listed own', true],
			[theirs, 'Listed theirs', 'Listed theirs', false],
		],
	)
	assert.ok(groups.every((group: any) => !('participants' in group)))
	const whole = await does('GET', 'groups?search=listed&participants=true')
	assert.deepEqual(
		whole.groups[1].participants.map(({ jid, role }: any) => [jid, role]),
		[
			[idOf(owner), 'member'],
			[idOf(ada), 'superadmin'],
		],
	)
})

test('groups that are not there, not ours, or no groups are told apart', async () => {
	const { isRefused, ada, bora, owner } = world()
	const theirs = ada.createsGroup('Theirs', [owner])
	const foreign = ada.createsGroup('Foreign', [bora])
	const participants = [bora.account.phone]
	const people = (group: string) => `${pathOf(group)}/participants`
	await isRefused(['POST', people(theirs), { participants }], 403, 'whatsapp_forbidden')
	await isRefused(['POST', people(foreign), { participants }], 403, 'whatsapp_forbidden')
	const missing = people('120363999999999999@g.us')
	await isRefused(['POST', missing, { participants }], 404, 'whatsapp_not_found')
	await isRefused(['POST', people('4915112345678'), { participants }], 400, 'invalid_recipient')
	for (const [method, path, body] of [
		['POST', people(theirs), { participants: [] }],
		['POST', people(theirs), {}],
		['POST', 'groups', { name: '', participants }],
		['POST', 'groups', { name: 'x'.repeat(101), participants }],
		['POST', 'groups', { name: 'Team', participants, expiration: 60 }],
	] as const)
		await isRefused([method, path, body], 400, 'invalid_request')
	await isRefused(['POST', people(theirs), { participants: ['Ann'] }], 400, 'invalid_recipient')
})

test('a limit of WhatsApp for groups is told as one', async () => {
	const { isRefused, sandbox, owner, ownGroup, bora } = world()
	const group = ownGroup('Limited')
	sandbox.whatsapp.queryFaults.limitRate({ account: owner.account.phone, xmlns: 'w:g2' }, 1)
	const asked = { participants: [bora.account.phone] }
	await isRefused(['POST', `${pathOf(group)}/participants`, asked], 429, 'whatsapp_rate_limited')
})
