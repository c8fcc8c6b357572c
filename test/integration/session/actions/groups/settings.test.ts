import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Group } from '../../../../../gateway/src/sandbox/server/model.ts'
import { idOf, pathOf, sharedWorld } from './world.ts'

const world = sharedWorld()

type Case = {
	asked: object
	/** What WhatsApp has then. */
	of: (group: Group) => unknown
	is: unknown
	/** The field of the group, and of the event. */
	field?: string
	told?: string
}

const cases: Case[] = [
	{
		asked: { name: 'Crew' },
		of: ({ subject }) => subject,
		is: 'Crew',
		field: 'name',
		told: 'subject',
	},
	{
		asked: { description: 'What for' },
		of: ({ description }) => description?.body,
		is: 'What for',
		field: 'topic',
		told: 'description',
	},
	{ asked: { description: '' }, of: ({ description }) => description, is: undefined },
	...[true, false].flatMap((is): Case[] => [
		{
			asked: { announce: is },
			of: ({ announcement }) => announcement,
			is,
			field: 'only_admins_send',
			told: 'only_admins_send',
		},
		{
			asked: { locked: is },
			of: ({ locked }) => locked,
			is,
			field: 'only_admins_edit',
			told: 'only_admins_edit',
		},
		{
			asked: { member_add_mode: is ? 'all_member_add' : 'admin_add' },
			of: ({ allMembersAdd }) => allMembersAdd,
			is,
			field: 'everyone_adds',
			told: 'everyone_adds',
		},
		{
			asked: { member_link_mode: is ? 'all_member_link' : 'admin_link' },
			of: ({ allMembersLink }) => allMembersLink,
			is,
		},
		{
			asked: { membership_approval_mode: is ? 'on' : 'off' },
			of: ({ approval }) => approval,
			is,
			field: 'join_approval',
			told: 'join_approval',
		},
		{
			asked: { frequently_forwarded: is },
			of: ({ noFrequentlyForwarded }) => !noFrequentlyForwarded,
			is,
		},
		{ asked: { admin_reports: is }, of: ({ adminReports }) => adminReports, is },
		{ asked: { group_history: is }, of: ({ history }) => history, is },
	]),
	...[86_400, 604_800, 7_776_000, 0].map((is): Case => ({
		asked: { expiration: is },
		of: ({ ephemeral }) => ephemeral ?? 0,
		is,
		field: 'expiration',
		told: 'expiration',
	})),
]

test('each setting of a group is changed, shown, and told as an event', async (t) => {
	const { does, groupAt, hears, ownGroup, owner } = world()
	const group = ownGroup('Settings')
	for (const { asked, of, is, field, told } of cases)
		await t.test(JSON.stringify(asked), async () => {
			assert.deepEqual(await does('PATCH', pathOf(group), asked), { success: true })
			assert.deepEqual(of(groupAt(group)), is)
			if (field) assert.deepEqual((await does('GET', pathOf(group)))[field], is)
			if (!told) return
			const data = await hears(
				'group.updated',
				(data) => data.chat.id === group && data[told] === is,
			)
			assert.equal(data.by?.id, idOf(owner))
		})
})

test('name, description and settings have routes of their own as well', async () => {
	const { does, groupAt, isRefused, ownGroup } = world()
	const group = ownGroup('Routes')
	const path = pathOf(group)
	await does('PUT', `${path}/subject`, { subject: 'Named' })
	await does('PUT', `${path}/settings`, { announce: true, locked: true, expiration: 86_400 })
	await does('PUT', `${path}/description`, { description: 'First' })
	const { subject, announcement, locked, ephemeral } = groupAt(group)
	assert.deepEqual([subject, announcement, locked, ephemeral], ['Named', true, true, 86_400])

	const first = (await does('GET', `${path}/info`)).description_id
	assert.equal(first, groupAt(group).description?.id)
	await does('PUT', `${path}/description`, { description: 'Second', prev_id: first })
	const late = { description: 'Third', prev_id: first }
	await isRefused(['PUT', `${path}/description`, late], 409, 'whatsapp_conflict')
	assert.equal(groupAt(group).description?.body, 'Second')
	await does('PUT', `${path}/description`, { description: null })
	assert.equal(groupAt(group).description, undefined)
})

test('the account sets its tag in a group, and removes it', async () => {
	const { does, isRefused, hears, ada, owner } = world()
	const group = ada.createsGroup('Tags', [owner])
	for (const label of ['Coach', '']) {
		const { status, message_id } = await does('PUT', `${pathOf(group)}/member-tag`, { label })
		assert.equal(status, 'sent')
		const { message } = await ada.receives(({ id }) => id === message_id)
		assert.equal(message?.protocolMessage?.memberLabel?.label, label)
		const { by } = await hears(
			'group.updated',
			(data) => data.chat.id === group && data.member_label === label,
		)
		assert.equal(by?.id, idOf(owner))
	}
	const long = { label: 'x'.repeat(31) }
	await isRefused(['PUT', `${pathOf(group)}/member-tag`, long], 400, 'invalid_request')
	const person = `groups/${idOf(ada)}/member-tag`
	await isRefused(['PUT', person, { label: 'Coach' }], 400, 'invalid_recipient')
	const nowhere = 'groups/120363000000000009@g.us/member-tag'
	await isRefused(['PUT', nowhere, { label: 'Coach' }], 404, 'whatsapp_not_found')
})

test('an error names the field that was refused, and those that were changed before', async () => {
	const { ask, groupAt, ada, owner } = world()
	const group = ada.createsGroup('Theirs', [owner])
	const { status, body } = await ask('PATCH', pathOf(group), { name: 'Ours', announce: true })
	assert.deepEqual([status, body.code, body.field], [403, 'whatsapp_forbidden', 'announce'])
	assert.match(body.detail, /Changed before: `name`/)
	assert.equal(groupAt(group).subject, 'Ours')
	const unknown = 'groups/120363000000000009@g.us/subject'
	assert.equal((await ask('PUT', unknown, { subject: 'Ours' })).body.field, 'subject')
})

test('values that no group has are refused before WhatsApp is asked', async () => {
	const { ask, ownGroup } = world()
	const path = pathOf(ownGroup('Values'))
	for (const [method, below, body, field] of [
		['PATCH', '', {}, undefined],
		['PUT', '/settings', {}, undefined],
		['PATCH', '', { name: '' }, 'name'],
		['PATCH', '', { name: 'x'.repeat(101) }, 'name'],
		['PATCH', '', { description: 'x'.repeat(2_049) }, 'description'],
		['PATCH', '', { expiration: 60 }, 'expiration'],
		['PUT', '/subject', { subject: ' ' }, 'subject'],
		['PUT', '/description', {}, 'description'],
		['PUT', '/settings', { member_add_mode: 'everybody' }, 'member_add_mode'],
		['PUT', '/settings', { announce: 'perhaps' }, 'announce'],
	] as const) {
		const answer = await ask(method, `${path}${below}`, body)
		assert.deepEqual([answer.status, answer.body.field], [400, field], answer.text)
	}
})
