import { randomBytes } from 'node:crypto'
import { node, type BinaryNode } from '../wire/node.ts'
import { pnOf } from './jids.ts'
import { type Account } from './model.ts'
import { type Addressing } from './model.ts'
import { notifyGroup } from './notify-group.ts'
import { applySettings } from './group-settings.ts'
import { groupNode, isAdmin, membersOf, newGroupId, participantNode, seenIn } from './groups.ts'
import { type Group } from './model.ts'
import { type Role } from './model.ts'
import { forbidden, QueryError } from './query.ts'
import { type WhatsApp } from './whatsapp.ts'
import { now } from './stanza.ts'

const INVITATION_SECONDS = 3 * 86_400
const MOST_MEMBERS = 1_024
/** So long nobody can add who has left by themselves. */
const LEFT_RECENTLY_SECONDS = 86_400

/** The result for one of several people: an error code, and further nodes. */
type MembershipOutcome = { error?: number; content?: BinaryNode[] }
export type MembershipChange = 'add' | 'remove' | 'promote' | 'demote'

export const newInviteCode = () => randomBytes(16).toString('base64url')

type NewGroup = {
	subject: string
	members: Account[]
	addressing?: Addressing
	/** As they are asked for. */
	settings?: BinaryNode[]
}

/** Creates a group and notifies its members. People who do not allow being added are invited. */
export function createGroup(
	whatsapp: WhatsApp,
	owner: Account,
	{ subject, members, addressing = 'lid', settings = [] }: NewGroup,
): { group: Group; refusedMembers: BinaryNode[] } {
	const group: Group = {
		id: newGroupId(),
		subject,
		owner: owner.phone,
		creation: now(),
		addressing,
		members: {},
		inviteCode: newInviteCode(),
	}
	applySettings(group, owner, settings)
	const refused: BinaryNode[] = []
	for (const account of members) {
		const { error, content } = account === owner ? {} : admission(group, owner, account)
		if (error) refused.push(participantNode(group, account, { error }, content))
		else group.members[account.phone] = 'member'
	}
	// The owner last: so their phone lists them.
	delete group.members[owner.phone]
	group.members[owner.phone] = 'superadmin'
	whatsapp.directory.groups.set(group.id, group)
	notifyGroup(whatsapp, group, owner, node('create', {}, [groupNode(whatsapp.directory, group)]))
	return { group, refusedMembers: refused }
}

const FULL = 419

const isFull = ({ members, mostMembers = MOST_MEMBERS }: Group) =>
	Object.keys(members).length >= mostMembers

/** Whether a person can be added: their privacy settings may allow only an invitation. */
function admission(group: Group, by: Account, account: Account): MembershipOutcome {
	if (account.phone in group.members) return { error: 409 }
	if (isFull(group)) return { error: FULL }
	if (now() - (group.left?.[account.phone] ?? 0) < LEFT_RECENTLY_SECONDS) return { error: 408 }
	if ((account.privacy?.groupadd ?? 'all') === 'all') return {}
	const code = newInviteCode()
	const expiration = now() + INVITATION_SECONDS
	group.invitations = { ...group.invitations, [account.phone]: { code, expiration, by: by.phone } }
	return { error: 403, content: [node('add_request', { code, expiration })] }
}

const roles: Record<'promote' | 'demote', Role> = { promote: 'admin', demote: 'member' }

/** Applies a change to one person; an error code if that is not possible. */
function applyTo(
	group: Group,
	by: Account,
	change: MembershipChange,
	account: Account,
): MembershipOutcome {
	if (change === 'add') {
		const outcome = admission(group, by, account)
		if (!outcome.error) group.members[account.phone] = 'member'
		return outcome
	}
	const role = group.members[account.phone]
	if (!role) return { error: 404 }
	// The group's owner stays one.
	if (role === 'superadmin' && change !== 'promote') return { error: 406 }
	if (change === 'remove') delete group.members[account.phone]
	else if (role !== 'superadmin') group.members[account.phone] = roles[change]
	return {}
}

/**
 * Adds, removes, promotes or demotes people, and notifies the members.
 * @param people as the query names them; undefined for people who are not on WhatsApp
 * @returns `<participant jid error?/>` for each
 * @throws QueryError when `by` may not
 */
export function changeMembers(
	whatsapp: WhatsApp,
	group: Group,
	by: Account,
	change: MembershipChange,
	people: { jid: string; account: Account | undefined }[],
): BinaryNode[] {
	if (!isAdmin(group, by) && !(change === 'add' && group.allMembersAdd)) throw forbidden()
	const before = membersOf(whatsapp.directory, group)
	const changed: BinaryNode[] = []
	const answers = people.map(({ jid, account }) => {
		if (!account) return node('participant', { jid, error: 404 })
		const { error, content } = applyTo(group, by, change, account)
		if (!error) changed.push(participantNode(group, account))
		return node('participant', { jid, error }, content)
	})
	if (changed.length) {
		const all = [...before, ...membersOf(whatsapp.directory, group)]
		notifyGroup(whatsapp, group, by, node(change, {}, changed), all)
	}
	return answers
}

export function leave(whatsapp: WhatsApp, group: Group, account: Account): void {
	const before = membersOf(whatsapp.directory, group)
	delete group.members[account.phone]
	group.left = { ...group.left, [account.phone]: now() }
	const left = node('participant', seenIn(group, account))
	notifyGroup(whatsapp, group, account, node('remove', {}, [left]), before)
}

/** A person joins by themselves. @returns false if admins must approve first. @throws QueryError if it is full */
export function join(whatsapp: WhatsApp, group: Group, account: Account): boolean {
	if (group.approval && !group.invitations?.[account.phone]) {
		group.requests = { ...group.requests, [account.phone]: { at: now(), method: 'invite_link' } }
		const attrs = { request_method: 'invite_link' }
		const request = node('created_membership_requests', attrs, [requested(group, account)])
		notifyGroup(whatsapp, group, account, request, adminsOf(whatsapp, group))
		return false
	}
	if (isFull(group)) throw new QueryError(FULL, 'resource-limit')
	delete group.invitations?.[account.phone]
	delete group.left?.[account.phone]
	group.members[account.phone] = 'member'
	const reason = { reason: 'invite' }
	notifyGroup(whatsapp, group, account, node('add', reason, [participantNode(group, account)]))
	return true
}

/** Approves or rejects join requests. @returns `<participant jid error?/>` for each */
export function decide(
	whatsapp: WhatsApp,
	group: Group,
	by: Account,
	action: 'approve' | 'reject',
	people: { jid: string; account: Account | undefined }[],
): BinaryNode[] {
	return people.map(({ jid, account }) => {
		if (!account || !group.requests?.[account.phone])
			return node('participant', { jid, error: 404 })
		if (action === 'approve' && isFull(group)) return node('participant', { jid, error: FULL })
		delete group.requests[account.phone]
		if (action === 'approve') {
			group.members[account.phone] = 'member'
			notifyGroup(whatsapp, group, by, node('add', {}, [participantNode(group, account)]))
		} else {
			const revoked = node('revoked_membership_requests', {}, [requested(group, account)])
			notifyGroup(whatsapp, group, by, revoked, [...adminsOf(whatsapp, group), account])
		}
		return node('participant', { jid })
	})
}

const requested = (group: Group, account: Account) => node('participant', seenIn(group, account))

const adminsOf = (whatsapp: WhatsApp, group: Group) =>
	membersOf(whatsapp.directory, group).filter((account) => isAdmin(group, account))

/** `<membership_approval_request/>` for each waiting person. */
export const requestNodes = ({ directory }: WhatsApp, group: Group): BinaryNode[] =>
	Object.entries(group.requests ?? {}).flatMap(([phone, { at, method }]) => {
		const account = directory.accounts.get(phone)
		if (!account) return []
		const { jid } = seenIn(group, account)
		const attrs = { jid, phone_number: pnOf(account), request_time: at, request_method: method }
		return [node('membership_approval_request', attrs)]
	})
