import type { GroupMetadata } from '@whiskeysockets/baileys'
import { identityOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { toGroupJid } from './group-jid.ts'

export type GroupRole = 'superadmin' | 'admin' | 'member'

/** What WhatsApp tells of a group to its members. Times are Unix seconds. */
export type GroupDetails = {
	jid: string
	name: string
	subject_by: string | null
	subject_at: number | null
	topic: string | null
	description_id: string | null
	owner: string | null
	created_at: number | null
	only_admins_send: boolean
	only_admins_edit: boolean
	everyone_adds: boolean
	join_approval: boolean
	/** Seconds after which messages disappear; 0 when they stay. */
	expiration: number
	is_community: boolean
	/** The community that it is in. */
	parent_jid: string | null
	addressing_mode: 'lid' | 'pn'
	participant_count: number
	participants: GroupMember[]
}

export type GroupMember = {
	jid: string
	role: GroupRole
	phone: string | null
	lid: string | null
}

/**
 * Asks for a group that the account is in, at most once an hour while nothing in it changes.
 * @param group its id, with its ending or without
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`
 */
export async function groupDetails(
	{ groups, otherName }: Pick<SessionDeps, 'groups' | 'otherName'>,
	group: string,
	field: string,
): Promise<GroupDetails> {
	return describeGroup(await groups.get(toGroupJid(group, field)), otherName)
}

/** Baileys' description of a group, in our words. */
export function describeGroup(
	group: GroupMetadata,
	otherName: SessionDeps['otherName'],
): GroupDetails {
	const personOf = (id?: string, alt?: string) =>
		id ? identityOf(id, otherName, { alt }).id : null
	const { owner, ownerPn, subjectOwner, subjectOwnerPn, participants } = group
	return {
		jid: group.id,
		name: group.subject,
		subject_by: personOf(subjectOwner, subjectOwnerPn),
		subject_at: group.subjectTime || null,
		topic: group.desc ?? null,
		description_id: group.descId ?? null,
		owner: personOf(owner, ownerPn),
		created_at: group.creation || null,
		only_admins_send: !!group.announce,
		only_admins_edit: !!group.restrict,
		everyone_adds: !!group.memberAddMode,
		join_approval: !!group.joinApprovalMode,
		expiration: group.ephemeralDuration ?? 0,
		is_community: !!group.isCommunity,
		parent_jid: group.linkedParent ?? null,
		addressing_mode: group.addressingMode === 'lid' ? 'lid' : 'pn',
		participant_count: group.size ?? participants.length,
		participants: membersIn(group, otherName),
	}
}

export const membersIn = (
	{ participants }: GroupMetadata,
	otherName: SessionDeps['otherName'],
): GroupMember[] =>
	participants.map(({ id, phoneNumber, lid: given, admin }) => {
		const { id: jid, phone, lid } = identityOf(id, otherName, { alt: phoneNumber ?? given })
		return { jid, role: admin ?? 'member', phone, lid }
	})
