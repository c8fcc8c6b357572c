import { bytesOf, childOf, node, type BinaryNode } from '../wire/node.ts'
import type { Account } from './model.ts'
import { notifyGroup } from './notify-group.ts'
import { bodyNode, isAdmin } from './groups.ts'
import { type Group } from './model.ts'
import { forbidden, QueryError } from './query.ts'
import { type WhatsApp } from './whatsapp.ts'
import { now } from './stanza.ts'

export const LONGEST_SUBJECT = 100

type Setting = {
	/** Who may change it: members do where the group is not locked. */
	by: 'admins' | 'members'
	/** Changes the group. @returns the notification for its members */
	apply(group: Group, by: Account, asked: BinaryNode): BinaryNode
}

type Flag = 'announcement' | 'locked' | 'noFrequentlyForwarded' | 'adminReports' | 'history'

const flag = (name: Flag, value: boolean): Setting => ({
	by: 'admins',
	apply(group, _by, { tag }) {
		group[name] = value
		return node(tag)
	},
})

const subject: Setting = {
	by: 'members',
	apply(group, by, { content }) {
		if (String(content).length > LONGEST_SUBJECT) throw new QueryError(406, 'not-acceptable')
		group.subject = String(content)
		group.subjectBy = by.phone
		group.subjectAt = now()
		return node('subject', { subject: group.subject, s_t: group.subjectAt })
	},
}

const description: Setting = {
	by: 'members',
	apply(group, by, asked) {
		const { id, prev } = asked.attrs
		if (prev !== group.description?.id) throw new QueryError(409, 'conflict')
		if (!id) {
			group.description = undefined
			return node('description', { delete: 'true' })
		}
		const body = bytesOf(asked, 'body').toString()
		group.description = { id, body, by: by.phone, at: now() }
		return node('description', { id }, [bodyNode(body)])
	},
}

const ephemeral: Setting = {
	by: 'members',
	apply(group, _by, { tag, attrs }) {
		group.ephemeral = tag === 'ephemeral' ? Number(attrs.expiration) : undefined
		return node(tag, { expiration: group.ephemeral })
	},
}

const memberAddMode: Setting = {
	by: 'admins',
	apply(group, _by, { tag, content }) {
		const mode = String(content)
		group.allMembersAdd = mode === 'all_member_add'
		return node(tag, {}, Buffer.from(mode))
	},
}

const memberLinkMode: Setting = {
	by: 'admins',
	apply(group, _by, { tag, content }) {
		const mode = String(content)
		group.allMembersLink = mode === 'all_member_link'
		return node(tag, {}, Buffer.from(mode))
	},
}

const approvalMode: Setting = {
	by: 'admins',
	apply(group, _by, asked) {
		const state = childOf(asked, 'group_join')?.attrs.state
		group.approval = state === 'on'
		return node(asked.tag, {}, [node('group_join', { state })])
	},
}

/** By the tag that asks for it. */
export const groupSettings = {
	subject,
	description,
	ephemeral,
	not_ephemeral: ephemeral,
	announcement: flag('announcement', true),
	not_announcement: flag('announcement', false),
	locked: flag('locked', true),
	unlocked: flag('locked', false),
	member_add_mode: memberAddMode,
	member_link_mode: memberLinkMode,
	membership_approval_mode: approvalMode,
	no_frequently_forwarded: flag('noFrequentlyForwarded', true),
	frequently_forwarded_ok: flag('noFrequentlyForwarded', false),
	allow_admin_reports: flag('adminReports', true),
	not_allow_admin_reports: flag('adminReports', false),
	group_history: flag('history', true),
	no_group_history: flag('history', false),
} satisfies Record<string, Setting>

/** Gives a group the settings that it is created with; anything else among the nodes is left out. */
export function applySettings(group: Group, by: Account, asked: BinaryNode[]): void {
	for (const node of asked) settingOf(node)?.apply(group, by, node)
}

const settingOf = ({ tag }: BinaryNode): Setting | undefined =>
	Object.hasOwn(groupSettings, tag) ? groupSettings[tag as keyof typeof groupSettings] : undefined

/** Changes a setting and notifies the members. @throws QueryError when `by` may not */
export function changeSetting(
	whatsapp: WhatsApp,
	group: Group,
	by: Account,
	asked: BinaryNode,
): void {
	const setting = settingOf(asked)!
	const adminsOnly = setting.by === 'admins' || group.locked
	if (adminsOnly && !isAdmin(group, by)) throw forbidden()
	notifyGroup(whatsapp, group, by, setting.apply(group, by, asked))
}
