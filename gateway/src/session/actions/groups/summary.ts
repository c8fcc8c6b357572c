import type { GroupMetadata } from '@whiskeysockets/baileys'
import type { Identity } from '../../../events/identity.ts'
import { jidsOf } from '../../identity.ts'

/** A group in the list of those that the account is in. */
export type GroupSummary = {
	jid: string
	name: string
	participant_count: number
	/** Whether the account is an admin of it. */
	is_admin: boolean
	is_community: boolean
	/** Whether it is the group of a community in which admins make announcements. */
	is_announcement: boolean
	/** The community that it is in. */
	parent_jid: string | null
	/** Whether only admins write. */
	announce: boolean
}

export function summaryOf(group: GroupMetadata, me: Identity | null): GroupSummary {
	const own = me ? jidsOf(me) : []
	const { id, subject, size, participants } = group
	return {
		jid: id,
		name: subject,
		participant_count: size ?? participants.length,
		is_admin: participants.some(
			({ id, phoneNumber, admin }) =>
				admin && (own.includes(id) || (phoneNumber && own.includes(phoneNumber))),
		),
		is_community: !!group.isCommunity,
		is_announcement: !!group.isCommunityAnnounce,
		parent_jid: group.linkedParent ?? null,
		announce: !!group.announce,
	}
}
