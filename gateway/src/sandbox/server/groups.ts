import { randomBytes } from 'node:crypto'
import { node, type BinaryNode } from '../wire/node.ts'
import { type Directory } from './directory.ts'
import { lidOf } from './jids.ts'
import { pnOf } from './jids.ts'
import { type Group, type Party } from './model.ts'
import { type Account } from './model.ts'

export const newGroupId = () =>
	`120363${randomBytes(6).readUIntBE(0, 6).toString().padStart(15, '0')}@g.us`

export const isGroup = (jid: string | undefined) => Boolean(jid?.endsWith('@g.us'))

export const isAdmin = (group: Group, { phone }: Account) =>
	(group.members[phone] ?? 'member') !== 'member'

/** Whether a person may change subject, description and picture. */
export const mayEditGroup = (group: Group, account: Account) =>
	account.phone in group.members && (!group.locked || isAdmin(group, account))

export const membersOf = (directory: Directory, group: Group): Account[] =>
	Object.keys(group.members).flatMap((phone) => directory.accounts.get(phone) ?? [])

/** How members of a group see an account: its jid, and the attribute with the other form. */
export const seenIn = ({ addressing }: Group, account: Account) =>
	addressing === 'lid'
		? { jid: lidOf(account), phone_number: pnOf(account) }
		: { jid: pnOf(account), lid: lidOf(account) }

/** How members of a group see a device: its jid, and the attribute with the other form. */
export function participantAttributes(group: Group, { account, device }: Party) {
	const named = { participant_username: account.username }
	return group.addressing === 'lid'
		? { participant: lidOf(account, device.id), participant_pn: pnOf(account), ...named }
		: { participant: pnOf(account, device.id), participant_lid: lidOf(account), ...named }
}

export const participantNode = (
	group: Group,
	account: Account,
	attrs = {},
	content?: BinaryNode[],
) => {
	const role = group.members[account.phone]
	const type = role === 'member' ? undefined : role
	return node('participant', { ...seenIn(group, account), type, ...attrs }, content)
}

/** `<group>` as the answer to a query describes it. */
export function groupNode(directory: Directory, group: Group): BinaryNode {
	const participants = membersOf(directory, group).map((account) => participantNode(group, account))
	const owner = directory.accounts.get(group.owner)
	const author = directory.accounts.get(group.subjectBy ?? group.owner)
	const attrs = {
		id: group.id.split('@')[0],
		subject: group.subject,
		s_o: author && seenIn(group, author).jid,
		s_o_pn: author && pnOf(author),
		s_t: group.subjectAt ?? group.creation,
		creation: group.creation,
		creator: owner && seenIn(group, owner).jid,
		creator_pn: owner && pnOf(owner),
		addressing_mode: group.addressing,
		size: participants.length,
	}
	return node('group', attrs, [...participants, ...settingNodes(directory, group)])
}

function settingNodes(directory: Directory, group: Group): BinaryNode[] {
	const { description, ephemeral } = group
	const author = description && directory.accounts.get(description.by)
	const attrs = author && {
		id: description.id,
		participant: seenIn(group, author).jid,
		participant_pn: pnOf(author),
		t: description.at,
	}
	const addMode = group.allMembersAdd ? 'all_member_add' : 'admin_add'
	const linkMode = group.allMembersLink ? 'all_member_link' : 'admin_link'
	return [
		...(group.isParent ? [node('parent')] : []),
		...(group.parent ? [node('linked_parent', { jid: group.parent })] : []),
		...(group.isAnnouncement ? [node('default_sub_group')] : []),
		...(attrs ? [node('description', attrs, [bodyNode(description.body)])] : []),
		...(group.announcement ? [node('announcement')] : []),
		...(group.locked ? [node('locked')] : []),
		...(ephemeral ? [node('ephemeral', { expiration: ephemeral })] : []),
		...(group.approval
			? [node('membership_approval_mode', {}, [node('group_join', { state: 'on' })])]
			: []),
		node('member_add_mode', {}, Buffer.from(addMode)),
		node('member_link_mode', {}, Buffer.from(linkMode)),
		...(group.noFrequentlyForwarded ? [node('no_frequently_forwarded')] : []),
		...(group.adminReports ? [node('allow_admin_reports')] : []),
		...(group.history ? [node('group_history')] : []),
	]
}

export const bodyNode = (body: string) => node('body', {}, Buffer.from(body))
