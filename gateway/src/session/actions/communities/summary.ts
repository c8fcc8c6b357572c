import type { GroupMetadata } from '@whiskeysockets/baileys'

/** A community in the list of those that the account is in. */
export type CommunitySummary = {
	jid: string
	name: string
	topic: string | null
	participant_count: number
	/** The group in which admins make announcements. */
	announcement_jid: string | null
}

/** @param all the groups that the account is in */
export function summariesOf(
	communities: GroupMetadata[],
	all: GroupMetadata[],
): CommunitySummary[] {
	const announcements = new Map(
		all
			.filter(({ isCommunityAnnounce }) => isCommunityAnnounce)
			.map(({ id, linkedParent }) => [linkedParent, id]),
	)
	return communities.map(({ id, subject, desc, size, participants }) => ({
		jid: id,
		name: subject,
		topic: desc ?? null,
		participant_count: size ?? participants.length,
		announcement_jid: announcements.get(id) ?? null,
	}))
}
