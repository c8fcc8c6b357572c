import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Directory } from './directory.ts'
import type { Account } from './model.ts'
import { groupsIn, openCommunity } from './communities.ts'
import {
	changeMembers,
	createGroup,
	decide,
	join,
	leave,
	newInviteCode,
	requestNodes,
	type MembershipChange,
} from './group-members.ts'
import { notifyGroup } from './notify-group.ts'
import { changeSetting, groupSettings, LONGEST_SUBJECT } from './group-settings.ts'
import { groupNode, isAdmin } from './groups.ts'
import { type Group } from './model.ts'
import { forbidden, notFound, QueryError, type Queries, type Query } from './query.ts'
import { now } from './stanza.ts'

/** The group that a member asks about. @throws QueryError for others */
function groupOf({ groups }: Directory, { phone }: Account, jid: string | undefined): Group {
	const group = groups.get(jid ?? '')
	if (!group) throw notFound()
	if (!(phone in group.members)) throw forbidden()
	return group
}

function administered(directory: Directory, account: Account, jid: string | undefined): Group {
	const group = groupOf(directory, account, jid)
	if (!isAdmin(group, account)) throw forbidden()
	return group
}

const peopleIn = (directory: Directory, parent: BinaryNode | undefined) =>
	childrenOf(parent, 'participant').map(({ attrs: { jid = '' } }) => ({
		jid,
		account: directory.account(jid),
	}))

const describeGroup: Query = ({ directory }, { account }, { attrs: { to } }) => [
	groupNode(directory, groupOf(directory, account, to)),
]

const ownGroups: Query = ({ directory }, { account }) => {
	const own = [...directory.groups.values()].filter(({ members }) => account.phone in members)
	const described = own.map((group) => groupNode(directory, group))
	return [node('groups', {}, described)]
}

const create: Query = (whatsapp, { account }, iq) => {
	const asked = childOf(iq, 'create')
	const subject = asked?.attrs.subject
	if (!subject) throw new QueryError(406, 'not-acceptable')
	if (subject.length > LONGEST_SUBJECT) throw new QueryError(406, 'not-acceptable')
	const people = peopleIn(whatsapp.directory, asked)
	const members = people.flatMap((person) => person.account ?? [])
	const settings = childrenOf(asked)
	const { group, refusedMembers } = createGroup(whatsapp, account, { subject, members, settings })
	const parent = childOf(asked, 'linked_parent')?.attrs.jid
	if (parent) linkNew(whatsapp.directory, account, group, parent)
	const withGeneralChat = !!childOf(asked, 'create_general_chat')
	if (childOf(asked, 'parent')) openCommunity(whatsapp, group, account, withGeneralChat)
	const unknown = people
		.filter((person) => !person.account)
		.map(({ jid }) => node('participant', { jid, error: 404 }))
	const described = groupNode(whatsapp.directory, group)
	return [{ ...described, content: [...refusedMembers, ...unknown, ...childrenOf(described)] }]
}

/** A group that is created in a community. */
function linkNew(directory: Directory, account: Account, group: Group, parent: string): void {
	groupOf(directory, account, parent)
	group.parent = parent
}

const membership =
	(change: MembershipChange): Query =>
	(whatsapp, { account }, iq) => {
		const group = groupOf(whatsapp.directory, account, iq.attrs.to)
		const asked = childOf(iq, change)
		const people = peopleIn(whatsapp.directory, asked)
		const answers = changeMembers(whatsapp, group, account, change, people)
		if (asked?.attrs.linked_groups)
			for (const linked of groupsIn(whatsapp.directory, group))
				changeMembers(whatsapp, linked, account, change, people)
		return [node(change, {}, answers)]
	}

const leaveGroup: Query = (whatsapp, { account }, iq) => {
	const left = childrenOf(childOf(iq, 'leave'), 'group').map(({ attrs: { id } }) => {
		leave(whatsapp, groupOf(whatsapp.directory, account, id), account)
		return node('group', { id })
	})
	return [node('leave', {}, left)]
}

const setting: Query = (whatsapp, { account }, iq) => {
	const group = groupOf(whatsapp.directory, account, iq.attrs.to)
	changeSetting(whatsapp, group, account, childrenOf(iq)[0]!)
}

const byInviteCode = ({ groups }: Directory, code: string) => {
	const all = [...groups.values()]
	const group = all.find(({ inviteCode }) => inviteCode === code)
	if (group) return group
	if (all.some(({ revokedCodes }) => revokedCodes?.includes(code)))
		throw new QueryError(410, 'gone')
	throw notFound()
}

/** `to="@g.us"`: what the code leads to; `to` a group: its code. */
const readInvite: Query = ({ directory }, { account }, iq) => {
	const { code } = childOf(iq, 'invite')!.attrs
	if (code) return [groupNode(directory, byInviteCode(directory, code))]
	const group = groupOf(directory, account, iq.attrs.to)
	if (!group.allMembersLink && !isAdmin(group, account)) throw forbidden()
	return [node('invite', { code: (group.inviteCode ??= newInviteCode()) })]
}

/** `to="@g.us"`: joins; `to` a group: a new code, the old one ends. */
const useInvite: Query = (whatsapp, { account }, iq) => {
	const { code } = childOf(iq, 'invite')!.attrs
	if (code) {
		const group = byInviteCode(whatsapp.directory, code)
		if (account.phone in group.members) throw new QueryError(409, 'conflict')
		const joined = join(whatsapp, group, account)
		return [node(joined ? 'group' : 'membership_approval_request', { jid: group.id })]
	}
	const group = administered(whatsapp.directory, account, iq.attrs.to)
	group.revokedCodes = [...(group.revokedCodes ?? []), group.inviteCode ?? '']
	const invite = node('invite', { code: (group.inviteCode = newInviteCode()) })
	notifyGroup(whatsapp, group, account, invite)
	return [invite]
}

/** Accepts an invitation that came in a message. */
const accept: Query = (whatsapp, { account }, iq) => {
	const group = whatsapp.directory.groups.get(iq.attrs.to ?? '')
	const invitation = group?.invitations?.[account.phone]
	const { code } = childOf(iq, 'accept')!.attrs
	if (!group || invitation?.code !== code) throw notFound()
	if (invitation!.expiration < now()) throw new QueryError(410, 'gone')
	join(whatsapp, group, account)
}

const revoke: Query = ({ directory }, { account }, iq) => {
	const group = administered(directory, account, iq.attrs.to)
	for (const { account: invited } of peopleIn(directory, childOf(iq, 'revoke')))
		if (invited) delete group.invitations?.[invited.phone]
}

const requests: Query = (whatsapp, { account }, iq) => {
	const group = administered(whatsapp.directory, account, iq.attrs.to)
	return [node('membership_approval_requests', {}, requestNodes(whatsapp, group))]
}

const decideRequests: Query = (whatsapp, { account }, iq) => {
	const group = administered(whatsapp.directory, account, iq.attrs.to)
	const decided = childrenOf(childOf(iq, 'membership_requests_action')).map((asked) => {
		const action = asked.tag === 'approve' ? 'approve' : 'reject'
		const people = peopleIn(whatsapp.directory, asked)
		return node(asked.tag, {}, decide(whatsapp, group, account, action, people))
	})
	return [node('membership_requests_action', {}, decided)]
}

/** Everything that clients ask about groups. */
export const groupQueries: Queries = {
	'get w:g2 query': describeGroup,
	'get w:g2 participating': ownGroups,
	'set w:g2 create': create,
	'set w:g2 add': membership('add'),
	'set w:g2 remove': membership('remove'),
	'set w:g2 promote': membership('promote'),
	'set w:g2 demote': membership('demote'),
	'set w:g2 leave': leaveGroup,
	...Object.fromEntries(Object.keys(groupSettings).map((tag) => [`set w:g2 ${tag}`, setting])),
	'get w:g2 invite': readInvite,
	'set w:g2 invite': useInvite,
	'set w:g2 accept': accept,
	'set w:g2 revoke': revoke,
	'get w:g2 membership_approval_requests': requests,
	'set w:g2 membership_requests_action': decideRequests,
}
