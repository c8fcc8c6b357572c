import { identityOf, toPersonJid } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { membersIn, type GroupMember } from '../groups/details.ts'
import { summaryOf, type GroupSummary } from '../groups/summary.ts'

/**
 * The groups that both the account and a person are in, by name.
 * @throws GatewayError invalid_recipient, and those of `askWhatsApp`
 */
export async function commonGroups(
	{ groups, otherName, me }: SessionDeps,
	person: string,
): Promise<GroupSummary[]> {
	const { phone, lid } = identityOf(toPersonJid(person, 'jid'), otherName)
	const isThem = (member: GroupMember) =>
		(phone !== null && member.phone === phone) || (lid !== null && member.lid === lid)
	return (await groups.all())
		.filter((group) => membersIn(group, otherName).some(isThem))
		.map((group) => summaryOf(group, me()))
		.sort((a, b) => a.name.localeCompare(b.name))
}
