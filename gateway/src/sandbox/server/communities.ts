import { childOf, childrenOf, node, type BinaryNode } from '../wire/node.ts'
import type { Directory } from './directory.ts'
import { createGroup, join } from './group-members.ts'
import { groupNode, isAdmin, membersOf, participantNode } from './groups.ts'
import type { Account, Group } from './model.ts'
import { notifyGroup } from './notify-group.ts'
import { forbidden, notFound, QueryError, type Queries, type Query } from './query.ts'
import type { WhatsApp } from './whatsapp.ts'

/** The community that a member asks about. @throws QueryError for others */
function communityOf({ groups }: Directory, { phone }: Account, jid: string | undefined): Group {
	const community = groups.get(jid ?? '')
	if (!community?.isParent) throw notFound()
	if (!(phone in community.members)) throw forbidden()
	return community
}

function administeredBy(directory: Directory, account: Account, jid: string | undefined): Group {
	const community = communityOf(directory, account, jid)
	if (!isAdmin(community, account)) throw forbidden()
	return community
}

/** The groups of a community. */
export const groupsIn = ({ groups }: Directory, { id }: Group) =>
	[...groups.values()].filter(({ parent }) => parent === id)

/** Gives a new community its groups: one for announcements, and a general one if it is asked for. */
export function openCommunity(
	whatsapp: WhatsApp,
	community: Group,
	owner: Account,
	withGeneralChat: boolean,
): void {
	community.isParent = true
	const { group: announcements } = createGroup(whatsapp, owner, {
		subject: community.subject,
		members: [],
	})
	Object.assign(announcements, { parent: community.id, isAnnouncement: true, announcement: true })
	if (!withGeneralChat) return
	const { group: general } = createGroup(whatsapp, owner, { subject: 'General', members: [] })
	general.parent = community.id
}

const subGroups: Query = ({ directory }, { account }, iq) => {
	const community = communityOf(directory, account, iq.attrs.to)
	const described = groupsIn(directory, community).map((group) => groupNode(directory, group))
	return [node('sub_groups', {}, described)]
}

/** Its members come into the community as well. */
function addTo(community: Group, group: Group, directory: Directory): void {
	group.parent = community.id
	const announcements = groupsIn(directory, community).find((one) => one.isAnnouncement)
	for (const phone of Object.keys(group.members))
		for (const joined of [community, announcements]) if (joined) joined.members[phone] ??= 'member'
}

const refusalOf = (group: Group | undefined, by: Account): number | undefined => {
	if (!group) return 404
	if (!isAdmin(group, by)) return 403
	return group.parent || group.isParent ? 409 : undefined
}

const linked = (jid: string, group: Group | undefined) =>
	node('group', { jid, subject: group?.subject })

const link: Query = (whatsapp, { account }, iq) => {
	const { directory } = whatsapp
	const community = administeredBy(directory, account, iq.attrs.to)
	const asked = childOf(childOf(iq, 'links'), 'link')
	const done: BinaryNode[] = []
	const answers = childrenOf(asked, 'group').map(({ attrs: { jid = '' } }) => {
		const group = directory.groups.get(jid)
		const error = refusalOf(group, account)
		if (!error) {
			addTo(community, group!, directory)
			done.push(linked(jid, group))
		}
		return node('group', { jid, error })
	})
	const link_type = 'sub_group'
	if (done.length) notifyGroup(whatsapp, community, account, node('link', { link_type }, done))
	return [node('links', {}, [node('link', { link_type }, answers)])]
}

const unlink: Query = (whatsapp, { account }, iq) => {
	const { directory } = whatsapp
	const community = administeredBy(directory, account, iq.attrs.to)
	const unlink_type = 'sub_group'
	const answers = childrenOf(childOf(iq, 'unlink'), 'group').map(({ attrs: { jid = '' } }) => {
		const group = directory.groups.get(jid)
		if (group?.parent !== community.id) return node('group', { jid, error: 404 })
		delete group.parent
		const change = node('unlink', { unlink_type }, [linked(jid, group)])
		notifyGroup(whatsapp, community, account, change)
		return node('group', { jid })
	})
	return [node('unlink', { unlink_type }, answers)]
}

const members: Query = ({ directory }, { account }, iq) => {
	const community = communityOf(directory, account, iq.attrs.to)
	const all = [community, ...groupsIn(directory, community)]
	const people = new Set(all.flatMap((group) => membersOf(directory, group)))
	const listed = [...people].map((person) => participantNode(community, person))
	return [node('linked_groups_participants', {}, listed)]
}

const joinLinked: Query = (whatsapp, { account }, iq) => {
	const community = communityOf(whatsapp.directory, account, iq.attrs.to)
	const { jid = '' } = childOf(iq, 'join_linked_group')!.attrs
	const group = whatsapp.directory.groups.get(jid)
	if (group?.parent !== community.id) throw notFound()
	if (account.phone in group.members) throw new QueryError(409, 'conflict')
	if (!join(whatsapp, group, account)) return [node('membership_approval_request', { jid })]
	return [node('linked_group', {}, [node('group', { jid })])]
}

const deactivate: Query = (whatsapp, { account }, iq) => {
	const { directory } = whatsapp
	const community = administeredBy(directory, account, iq.attrs.to)
	if (community.members[account.phone] !== 'superadmin') throw forbidden()
	for (const group of groupsIn(directory, community)) {
		delete group.parent
		if (group.isAnnouncement) directory.groups.delete(group.id)
	}
	notifyGroup(whatsapp, community, account, node('delete', {}))
	directory.groups.delete(community.id)
}

const picture: Query = ({ directory, media }, { account }, iq) => {
	const community = communityOf(directory, account, iq.attrs.to)
	const { id } = community.picture ?? {}
	if (!id) throw notFound()
	return [node('pictures', {}, [node('picture', { id, url: media.pictureUrl(id) })])]
}

/** Everything that clients ask about communities. */
export const communityQueries: Queries = {
	'get w:g2 sub_groups': subGroups,
	'set w:g2 links': link,
	'set w:g2 unlink': unlink,
	'get w:g2 linked_groups_participants': members,
	'set w:g2 join_linked_group': joinLinked,
	'set w:g2 delete_parent': deactivate,
	'get w:g2 pictures': picture,
}
