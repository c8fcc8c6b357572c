import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BinaryNode } from '@whiskeysockets/baileys'
import { channelNotices } from '../../../../gateway/src/session/receive/notifications/channel-notices.ts'
import { channelStanzas } from '../../../../gateway/src/session/receive/notifications/channel-stanzas.ts'

const id = '120363000000000000@newsletter'
const chat = { id, phone: null, lid: null, name: null }
const person = {
	id: '491700000002@s.whatsapp.net',
	phone: '491700000002',
	lid: '123456789012345@lid',
	name: null,
}
const node = (
	tag: string,
	attrs: Record<string, string>,
	content?: BinaryNode['content'],
): BinaryNode => ({ tag, attrs, ...(content !== undefined && { content }) })
const text = (tag: string, words: string, attrs = {}) => node(tag, attrs, Buffer.from(words))

const deps = { otherName: () => undefined } as never
const eventsOf = async (reader: typeof channelNotices, stanza: BinaryNode) =>
	(await reader.read(stanza as never, deps)).map(({ event }) => event)

const updated = (change: object) => [{ type: 'channel.updated', data: { chat, ...change } }]
const admin = (role: string, by: object | null, contact: object = person) => [
	{ type: 'channel.admins', data: { chat, contact, role, by } },
]

const user = { id: person.lid, pn: person.id }
const told = (name: string, data: object) => ({
	data: { [`xwa2_notify_newsletter_${name}`]: data },
})

/** What GraphQL tells, as newer and older clients get it. */
const notices: [operation: string, said: object, events: object[]][] = [
	['Join', told('on_join', { id, viewer_metadata: { role: 'ADMIN' } }), updated({ role: 'admin' })],
	[
		'Join',
		told('on_join', { id, thread_metadata: { name: { text: 'News' } } }),
		updated({ name: 'News', role: 'subscriber' }),
	],
	['Leave', told('on_leave', { id }), updated({ role: 'guest' })],
	['MuteChange', told('on_mute_change', { id, mute: 'OFF' }), updated({ muted: false })],
	[
		'UserSettingChange',
		told('on_user_setting_change', { id, setting: { type: 'MUTE_ADMIN_ACTIVITY', value: 'ON' } }),
		updated({ muted: true }),
	],
	[
		'UserSettingChange',
		told('on_user_setting_change', {
			id,
			setting: { type: 'MUTE_FOLLOWER_ACTIVITY', value: 'ON' },
		}),
		[],
	],
	[
		'StateChange',
		told('on_state_change', { id, state: { type: 'SUSPENDED' } }),
		updated({ state: 'suspended' }),
	],
	[
		'Update',
		told('on_metadata_update', {
			id,
			thread_metadata: { description: { text: '' }, picture: { id: '1', direct_path: '/x' } },
		}),
		updated({ description: '', picture: 'changed' }),
	],
	[
		'Update',
		{ updates: [{ jid: id, settings: { name: 'Old form' } }] },
		updated({ name: 'Old form' }),
	],
	['AdminPromote', told('admin_promote', { id, user, actor: user }), admin('admin', person)],
	['AdminDemote', told('admin_demote', { id, user }), admin('subscriber', null)],
	['OwnerUpdate', told('on_owner_update', { id, user }), admin('owner', null)],
	[
		'AdminPromote',
		{ updates: [{ jid: id, user: person.id }] },
		admin('admin', null, { ...person, lid: null }),
	],
	['Milestone', told('on_milestone', { id }), []],
	['Join', { data: null }, []],
	['Join', told('on_join', { id: null }), []],
]

test('what GraphQL tells of channels becomes events', async () => {
	for (const [operation, said, events] of notices) {
		const op_name = `NotificationNewsletter${operation}`
		const update = text('update', JSON.stringify(said), { op_name })
		const found = await eventsOf(channelNotices, node('notification', { type: 'mex' }, [update]))
		assert.deepEqual(found, events, JSON.stringify(said))
	}
	const old = text(
		'mex',
		JSON.stringify({ operation: 'NotificationNewsletterLeave', updates: [{ jid: id }] }),
	)
	assert.deepEqual(
		await eventsOf(channelNotices, node('notification', { type: 'mex' }, [old])),
		updated({ role: 'guest' }),
	)
	for (const content of [undefined, [text('update', 'no JSON')], [node('update', {})]])
		assert.deepEqual(await eventsOf(channelNotices, node('notification', {}, content)), [])
})

const reaction = (server_message_id: number, emoji: string, count: number) => ({
	type: 'channel.reaction',
	data: { chat, server_message_id, emoji, count },
})
const view = (server_message_id: number, count: number) => ({
	type: 'channel.view',
	data: { chat, server_message_id, count },
})

const counted = node('message', { server_id: '101' }, [
	node('views_count', { count: '7' }),
	node('reactions', {}, [
		node('reaction', { code: '👍', count: '3' }),
		node('reaction', { code: '🍵', count: '1' }),
	]),
])

const stanzas: [child: BinaryNode, events: object[]][] = [
	[
		node('live_updates', {}, [node('messages', {}, [counted])]),
		[view(101, 7), reaction(101, '👍', 3), reaction(101, '🍵', 1)],
	],
	[node('live_updates', {}), []],
	[node('reaction', { message_id: '101' }, [text('reaction', '👍')]), [reaction(101, '👍', 1)]],
	[node('reaction', { message_id: '101' }, []), []],
	[text('view', '12', { message_id: '101' }), [view(101, 12)]],
	[
		node('participant', { jid: person.id, action: 'promote', role: 'ADMIN' }),
		admin('admin', null, { ...person, lid: null }),
	],
	[node('participant', { jid: person.id, role: 'none of these' }), []],
	[
		node('update', {}, [node('settings', {}, [text('name', 'New'), text('description', 'Words')])]),
		updated({ name: 'New', description: 'Words' }),
	],
	[node('update', {}, [node('settings', {}, [])]), []],
	[node('something_new', {}), []],
]

test('what stanzas tell of channels becomes events', async () => {
	for (const [child, events] of stanzas) {
		const stanza = node('notification', { type: 'newsletter', from: id }, [child])
		assert.deepEqual(await eventsOf(channelStanzas, stanza), events, child.tag)
	}
})
