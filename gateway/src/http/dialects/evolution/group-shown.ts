import { z } from '@hono/zod-openapi'
import type { GroupMember } from '../../../session/actions/groups/details.ts'
import { describeGroup } from '../../../session/actions/groups/details.ts'
import type { SessionDeps } from '../../../session/session-deps.ts'

const participant = z.object({
	id: z.string().meta({ description: 'By phone number if that is known' }),
	phoneNumber: z.string().optional(),
	lid: z.string().optional(),
	admin: z.enum(['admin', 'superadmin']).nullable(),
})

export const groupSchema = z
	.looseObject({
		id: z.string(),
		subject: z.string(),
		owner: z.string().nullable(),
		creation: z.number().int().nullable(),
		desc: z.string().nullable(),
		size: z.number().int(),
		participants: z.array(participant).optional(),
	})
	.openapi('EvolutionGroup')

export const participantSchema = participant

/** A member as Evolution shows it. */
export const shownMember = ({ jid: id, role, phone, lid }: GroupMember) => ({
	id,
	...(phone && { phoneNumber: `${phone}@s.whatsapp.net` }),
	...(lid && { lid }),
	admin: role === 'member' ? null : role,
})

/** A group as Evolution shows it. */
export function shownGroup(
	group: Parameters<typeof describeGroup>[0],
	otherName: SessionDeps['otherName'],
	{ pictureUrl = null as string | null, withMembers = true } = {},
) {
	const details = describeGroup(group, otherName)
	return {
		...{ id: details.jid, subject: details.name, subjectOwner: details.subject_by },
		...{ subjectTime: details.subject_at, pictureUrl, size: details.participant_count },
		...{ creation: details.created_at, owner: details.owner },
		...{ desc: details.topic, descId: details.description_id },
		...{ restrict: details.only_admins_edit, announce: details.only_admins_send },
		...(withMembers && { participants: details.participants.map(shownMember) }),
		...{ isCommunity: details.is_community, isCommunityAnnounce: !!group.isCommunityAnnounce },
		linkedParent: details.parent_jid,
	}
}
