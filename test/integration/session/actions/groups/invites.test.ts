import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../../../../support/wait.ts'
import { idOf, pathOf, sharedWorld } from './world.ts'

const world = sharedWorld()

const infoBy = (code: string) => `groups/invite-info?code=${encodeURIComponent(code)}`

test('a group has an invite link, which can be replaced', async () => {
	const { does, groupAt, hears, isRefused, ownGroup, ada, bora } = world()
	const group = ownGroup('Linked')
	const link = `${pathOf(group)}/invite-link`
	const { invite_link, code }: Record<'invite_link' | 'code', string> = await does('GET', link)
	assert.equal(code, groupAt(group).inviteCode)
	assert.equal(invite_link, `https://chat.whatsapp.com/${code}`)
	bora.groups.joins(code)
	const { code: second } = await does('GET', `${link}?reset=true`)
	const { code: third }: { code: string } = await does('POST', `${link}/revoke`)
	assert.equal(third, groupAt(group).inviteCode)
	assert.equal(new Set([code, second, third]).size, 3)
	await hears('group.updated', (data) => data.chat.id === group && data.invite_code === third)
	assert.equal((await does('GET', infoBy(third))).jid, group)
	await isRefused(['GET', infoBy(code)], 410, 'whatsapp_gone')
	await isRefused(['GET', infoBy('AAAAAAAAAAAAAAAAAAAAAA')], 404, 'whatsapp_not_found')
	await isRefused(['GET', infoBy('not a code')], 400, 'invalid_request')
	const theirs = `${pathOf(ada.createsGroup('Theirs', [world().owner]))}/invite-link`
	await isRefused(['GET', theirs], 403, 'whatsapp_forbidden')
})

test('a group is shown and joined by its link, or by the code in it', async () => {
	const { does, groupAt, isRefused, ada, bora, owner } = world()
	for (const spelled of [
		(code: string) => code,
		(code: string) => `https://chat.whatsapp.com/${code}`,
		(code: string) => ` https://chat.whatsapp.com/invite/${code}?mode=wwt`,
	]) {
		const group = ada.createsGroup('Open', [bora])
		const code = spelled(groupAt(group).inviteCode!)
		const { jid, name, participant_count, owner: by } = await does('GET', infoBy(code))
		assert.deepEqual([jid, name, participant_count, by], [group, 'Open', 2, idOf(ada)])
		const joined = await does('POST', 'groups/join', { code })
		assert.deepEqual(joined, { status: 'joined', group_jid: group })
		assert.equal(groupAt(group).members[owner.account.phone], 'member')
		await isRefused(['POST', 'groups/join', { code }], 409, 'whatsapp_conflict')
	}
	await isRefused(['POST', 'groups/join', {}], 400, 'invalid_request')
	const alone = { code: 'AAAAAAAAAAAAAAAAAAAAAA', group_jid: '120363000000000000@g.us' }
	await isRefused(['POST', 'groups/join', alone], 400, 'invalid_request')
})

test('a group that is full cannot be joined', async () => {
	const { groupAt, isRefused, ada, bora, owner } = world()
	const group = ada.createsGroup('Full', [bora])
	groupAt(group).mostMembers = 2
	const { inviteCode: code } = groupAt(group)
	await isRefused(['POST', 'groups/join', { code }], 409, 'whatsapp_limit_reached')
	assert.ok(!(owner.account.phone in groupAt(group).members))
})

test('where admins approve who joins, they are asked', async () => {
	const { does, groupAt, ada, owner } = world()
	const group = ada.createsGroup('Closed', [])
	groupAt(group).approval = true
	const asked = await does('POST', 'groups/join', { code: groupAt(group).inviteCode })
	assert.deepEqual(asked, { status: 'requested', group_jid: group })
	assert.ok(groupAt(group).requests?.[owner.account.phone])
})

test('an invitation in a message is accepted, by its message or by what is in it', async () => {
	const { does, groupAt, isRefused, ada, owner, bora, hears } = world()
	owner.choosesPrivacy('groupadd', 'none')
	const invited = async (subject: string) => {
		const group = ada.createsGroup(subject, [bora])
		assert.throws(() => ada.groups.changes(group, { add: [owner] }), /403/)
		const { code, expiration } = groupAt(group).invitations![owner.account.phone]!
		return { group, code, expiration }
	}
	const first = await invited('By message')
	const message_id = await ada.sends(
		{
			groupInviteMessage: {
				groupJid: first.group,
				groupName: 'By message',
				inviteCode: first.code,
				inviteExpiration: first.expiration,
			},
		},
		{ to: owner },
	)
	await hears('message.received', (data) => data.message_id === message_id)
	const joined = await does('POST', 'groups/join', { message_id })
	assert.deepEqual(joined, { status: 'joined', group_jid: first.group })
	assert.equal(groupAt(first.group).members[owner.account.phone], 'member')

	const second = await invited('By its code')
	const { group: group_jid, code, expiration } = second
	await does('POST', 'groups/join', { group_jid, code, expiration, inviter: ada.account.phone })
	assert.equal(groupAt(group_jid).members[owner.account.phone], 'member')

	const unknown = { message_id: '3EB0FFFFFFFFFFFFFFFFFF' }
	await isRefused(['POST', 'groups/join', unknown], 404, 'message_not_found')
	const text = await ada.says('no invitation', { to: owner })
	await hears('message.received', (data) => data.message_id === text)
	await isRefused(['POST', 'groups/join', { message_id: text }], 400, 'invalid_request')
	owner.choosesPrivacy('groupadd', 'all')
})

test('who asks to join is named by number, although nobody has met them', async () => {
	const { groupAt, hears, ownGroup, sandbox } = world()
	const stranger = sandbox.phone('491700000031', { name: 'Stranger' })
	const group = ownGroup('Approval')
	groupAt(group).approval = true
	stranger.groups.joins(groupAt(group).inviteCode!)
	const { by, participant } = await hears('group.join_request', ({ chat }) => chat.id === group)
	assert.deepEqual([by.id, participant.id], [idOf(stranger), idOf(stranger)])
})

test('join requests are listed, approved and rejected', async () => {
	const { does, groupAt, hears, isRefused, ownGroup, ada, bora, cem, owner } = world()
	const group = ownGroup('Approval')
	groupAt(group).approval = true
	for (const person of [bora, cem]) person.groups.joins(groupAt(group).inviteCode!)
	await hears('group.join_request', ({ participant }) => participant.id === idOf(cem))
	const path = `${pathOf(group)}/requests`
	const { requests, total } = await does('GET', path)
	assert.equal(total, 2)
	assert.deepEqual(
		requests.map(({ jid, phone, lid, method }: any) => [jid, phone, lid, method]),
		[bora, cem].map(({ account: { phone, lid } }) => [
			`${phone}@s.whatsapp.net`,
			phone,
			`${lid}@lid`,
			'invite_link',
		]),
	)
	assert.ok(Math.abs(requests[0].requested_at - Date.now() / 1000) < 60)
	const participants = [`${bora.account.lid}@lid`, ada.account.phone]
	const approved = await does('POST', `${path}/approve`, { participants })
	assert.deepEqual(approved.results, [
		{ jid: idOf(bora), status: 'Approved', code: 200 },
		{ jid: idOf(ada), status: 'NotRequested', code: 404 },
	])
	assert.equal(groupAt(group).members[bora.account.phone], 'member')
	groupAt(group).mostMembers = 2
	const late = await does('POST', `${path}/approve`, { participants: [cem.account.phone] })
	assert.deepEqual(late.results, [{ jid: idOf(cem), status: 'GroupFull', code: 419 }])
	const rejected = await does('POST', `${path}/reject`, { participants: [cem.account.phone] })
	assert.deepEqual(rejected.results, [{ jid: idOf(cem), status: 'Rejected', code: 200 }])
	await until('nobody waits', async () => (await does('GET', path)).total === 0)
	const theirs = `${pathOf(ada.createsGroup('Theirs', [owner]))}/requests`
	await isRefused(['GET', theirs], 403, 'whatsapp_forbidden')
})
