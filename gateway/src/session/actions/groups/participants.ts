import { element, expected } from '../../ask/element.ts'
import { groupQuery } from '../../ask/group-query.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { asMember, asNewcomer, participantNode, peopleOf } from './people.ts'
import { toGroupJid } from './group-jid.ts'
import { resultsIn, type ParticipantResult, type Words } from './results.ts'

const noMember = { 404: 'NotMember' }

const changes = {
	add: { done: 'Added' },
	remove: { done: 'Removed', refusals: noMember },
	promote: { done: 'Promoted', refusals: noMember },
	demote: { done: 'Demoted', refusals: noMember },
} satisfies Record<string, Words>

export type ParticipantChange = keyof typeof changes

/**
 * Adds, removes, promotes or demotes people. Some may be refused.
 * @param participants phone numbers or ids
 * @param attrs of the change's node
 * @throws GatewayError invalid_recipient, naming the field, and those of `askWhatsApp`: whatsapp_forbidden for who is
 * no admin
 */
export async function changeParticipants(
	deps: SessionDeps,
	group: string,
	change: ParticipantChange,
	participants: readonly string[],
	attrs: Record<string, string> = {},
): Promise<ParticipantResult[]> {
	const { socket, groups, otherName } = deps
	const jid = toGroupJid(group, 'jid')
	const people = peopleOf(participants, otherName)
	return changeGroup(deps, jid, async () => {
		const metadata = change === 'add' ? undefined : await groups.get(jid)
		const asked = people.map((person) =>
			metadata ? asMember(person, metadata, otherName) : asNewcomer(person),
		)
		const query = element(change, attrs, asked.map(participantNode))
		const answer = expected(await groupQuery(socket, 'set', jid, query), change)
		return resultsIn(answer, asked, changes[change], otherName)
	})
}
