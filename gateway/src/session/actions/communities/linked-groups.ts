import { getBinaryNodeChild, getBinaryNodeChildren, type BinaryNode } from '@whiskeysockets/baileys'
import { element, expected } from '../../ask/element.ts'
import { groupQuery } from '../../ask/group-query.ts'
import { identityOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from '../groups/change.ts'
import { toGroupJid } from '../groups/group-jid.ts'

/** A group in a community. */
export type LinkedGroup = {
	jid: string
	name: string
	participant_count: number | null
	/** Unix time in seconds. */
	created_at: number | null
	owner: string | null
	/** Whether it is the one in which admins make announcements. */
	announce: boolean
}

/** The groups in a community. @throws GatewayError those of `askWhatsApp` */
export async function linkedGroups(deps: SessionDeps, community: string): Promise<LinkedGroup[]> {
	const jid = toGroupJid(community, 'jid')
	const answer = await groupQuery(deps.socket, 'get', jid, element('sub_groups'))
	return getBinaryNodeChildren(expected(answer, 'sub_groups'), 'group').map((group) =>
		linkedGroup(group, deps),
	)
}

function linkedGroup(group: BinaryNode, { otherName }: SessionDeps): LinkedGroup {
	const { id = '', subject = '', size, creation, creator, creator_pn } = group.attrs
	return {
		jid: jidFrom(id),
		name: subject,
		participant_count: Number(size) || null,
		created_at: Number(creation) || null,
		owner: creator ? identityOf(creator, otherName, { alt: creator_pn }).id : null,
		announce: !!getBinaryNodeChild(group, 'default_sub_group'),
	}
}

const jidFrom = (id: string) => (id.includes('@') ? id : `${id}@g.us`)

/** What became of one of several groups. */
export type LinkResult = { jid: string; status: string; code: number | null }

const refusals: Record<number, string> = {
	403: 'NotAllowed',
	404: 'NotFound',
	406: 'NotAllowed',
	409: 'AlreadyLinked',
	419: 'CommunityFull',
}

export const linkWords = [
	...['Linked', 'Unlinked', 'Refused', 'NotAnswered'],
	...new Set(Object.values(refusals)),
]

/** Puts groups into a community. Some may be refused: Baileys does not say which. */
export async function linkGroups(
	deps: SessionDeps,
	community: string,
	groups: readonly string[],
): Promise<LinkResult[]> {
	const jid = toGroupJid(community, 'jid')
	const jids = groups.map((group, index) => toGroupJid(group, `groups.${index}`))
	const asked = jids.map((jid) => element('group', { jid }))
	const links = element('links', {}, [element('link', { link_type: 'sub_group' }, asked)])
	const answer = await change(deps, [jid, ...jids], links)
	return resultsFor(jids, expected(answer, 'links', 'link'), 'Linked')
}

/** Takes a group out of a community. @param removeOrphans whether who is in no other group of it leaves it as well */
export async function unlinkGroup(
	deps: SessionDeps,
	community: string,
	group: string,
	removeOrphans: boolean,
): Promise<LinkResult[]> {
	const jid = toGroupJid(community, 'jid')
	const subgroup = toGroupJid(group, 'group_jid')
	const attrs = { jid: subgroup, ...(removeOrphans && { remove_orphaned_members: 'true' }) }
	const unlink = element('unlink', { unlink_type: 'sub_group' }, [element('group', attrs)])
	const answer = await change(deps, [jid, subgroup], unlink)
	return resultsFor([subgroup], expected(answer, 'unlink'), 'Unlinked')
}

const change = (deps: SessionDeps, [jid, ...groups]: string[], node: BinaryNode) =>
	changeGroup(deps, jid, () => groupQuery(deps.socket, 'set', jid!, node)).finally(() =>
		deps.groups.forget(groups),
	)

function resultsFor(jids: string[], answer: BinaryNode, done: string): LinkResult[] {
	const answered = getBinaryNodeChildren(answer, 'group')
	return jids.map((jid) => {
		const found = answered.find(({ attrs }) => attrs.jid === jid)
		if (!found) return { jid, status: 'NotAnswered', code: null }
		const code = Number(found.attrs.error ?? 200)
		return { jid, status: code === 200 ? done : (refusals[code] ?? 'Refused'), code }
	})
}

/** Joins a group of a community that the account is in, or asks its admins. */
export async function joinLinkedGroup(
	deps: SessionDeps,
	community: string,
	group: string,
): Promise<{ status: 'joined' | 'requested'; group_jid: string }> {
	const jid = toGroupJid(community, 'jid')
	const group_jid = toGroupJid(group, 'group_jid')
	const join = element('join_linked_group', { jid: group_jid, type: 'sub_group' })
	const answer = await change(deps, [jid, group_jid], join)
	if (getBinaryNodeChild(answer, 'membership_approval_request'))
		return { status: 'requested', group_jid }
	expected(answer, 'linked_group', 'group')
	return { status: 'joined', group_jid }
}

/** The members of all groups of a community. */
export async function communityMembers({ socket, otherName }: SessionDeps, community: string) {
	const jid = toGroupJid(community, 'jid')
	const asked = element('linked_groups_participants')
	const list = expected(await groupQuery(socket, 'get', jid, asked), asked.tag)
	return getBinaryNodeChildren(list, 'participant').map(({ attrs }) => {
		const alt = attrs.phone_number ?? attrs.lid
		const { id, phone, lid } = identityOf(attrs.jid ?? '', otherName, { alt })
		return { jid: id, phone, lid }
	})
}
