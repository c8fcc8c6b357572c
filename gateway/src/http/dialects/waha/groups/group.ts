import { z } from '@hono/zod-openapi'
import {
	describeGroup,
	type GroupDetails,
	type GroupMember,
} from '../../../../session/actions/groups/details.ts'
import type { SessionDeps } from '../../../../session/session-deps.ts'
import { chatIdOf } from '../chat-id.ts'

const participant = z.looseObject({
	id: z.string(),
	admin: z.enum(['admin', 'superadmin']).nullable(),
})

/** A group as Baileys describes it, with ids in the form of WAHA. */
export const groupSchema = z
	.looseObject({
		id: z.string(),
		subject: z.string(),
		owner: z.string().nullable(),
		creation: z.number().int().nullable(),
		participants: z.array(participant).optional(),
	})
	.openapi('WahaGroup')

export const membersSchema = z.array(participant)

const idOf = (jid: string | null): string | null =>
	jid && jid.replace(/@s\.whatsapp\.net$/, '@c.us')

export const memberId = ({ jid: id, phone, lid }: GroupMember): string =>
	chatIdOf({ id, phone, lid, name: null })

export const wahaMember = (member: GroupMember) => ({
	id: memberId(member),
	...(member.phone && { phoneNumber: `${member.phone}@c.us` }),
	...(member.lid && { lid: member.lid }),
	admin: member.role === 'member' ? null : member.role,
})

/** @param withMembers whether its members are listed */
export function wahaGroup(details: GroupDetails, withMembers = true) {
	return {
		...{ id: details.jid, subject: details.name, subjectOwner: idOf(details.subject_by) },
		...{ subjectTime: details.subject_at, owner: idOf(details.owner) },
		...{ creation: details.created_at, size: details.participant_count },
		...{ desc: details.topic, descId: details.description_id },
		...{ restrict: details.only_admins_edit, announce: details.only_admins_send },
		...{ memberAddMode: details.everyone_adds, joinApprovalMode: details.join_approval },
		ephemeralDuration: details.expiration,
		...{ isCommunity: details.is_community, linkedParent: details.parent_jid },
		addressingMode: details.addressing_mode,
		...(withMembers && { participants: details.participants.map(wahaMember) }),
	}
}

/** The groups of the account. */
export async function allGroups({ groups, otherName }: SessionDeps): Promise<GroupDetails[]> {
	return (await groups.all()).map((group) => describeGroup(group, otherName))
}
