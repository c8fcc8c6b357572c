import { getBinaryNodeChildren } from '@whiskeysockets/baileys'
import { element, expected } from '../../ask/element.ts'
import { groupQuery } from '../../ask/group-query.ts'
import { identityOf } from '../../identity.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { changeGroup } from './change.ts'
import { toGroupJid } from './group-jid.ts'
import { asMember, participantNode, peopleOf } from './people.ts'
import { resultsIn, type ParticipantResult } from './results.ts'

/** Somebody who asks to be let into a group. */
export type JoinRequest = {
	jid: string
	phone: string | null
	lid: string | null
	/** Unix time in seconds. */
	requested_at: number | null
	/** How it was asked: `invite_link`, `non_admin_add` … */
	method: string | null
	/** The member who wants to add the person. */
	requested_by: string | null
}

/** The pending requests to join. Only admins see them. */
export async function waitingJoinRequests(
	{ socket, otherName }: SessionDeps,
	group: string,
): Promise<JoinRequest[]> {
	const jid = toGroupJid(group, 'jid')
	const asked = element('membership_approval_requests')
	const list = expected(await groupQuery(socket, 'get', jid, asked), asked.tag)
	return getBinaryNodeChildren(list, 'membership_approval_request').map(({ attrs }) => {
		const alt = attrs.phone_number ?? attrs.lid
		const { id, phone, lid } = identityOf(attrs.jid ?? '', otherName, { alt })
		return {
			jid: id,
			phone,
			lid,
			requested_at: Number(attrs.request_time) || null,
			method: attrs.request_method ?? null,
			requested_by: attrs.requestor ? identityOf(attrs.requestor, otherName).id : null,
		}
	})
}

const words = {
	approve: { done: 'Approved', refusals: { 404: 'NotRequested' } },
	reject: { done: 'Rejected', refusals: { 404: 'NotRequested' } },
}

export type Decision = keyof typeof words

/** Lets people in, or does not. Some may be refused. */
export async function decideJoinRequests(
	deps: SessionDeps,
	group: string,
	decision: Decision,
	participants: readonly string[],
): Promise<ParticipantResult[]> {
	const { socket, groups, otherName } = deps
	const jid = toGroupJid(group, 'jid')
	const people = peopleOf(participants, otherName)
	return changeGroup(deps, jid, async () => {
		const metadata = await groups.get(jid)
		const asked = people.map((person) => asMember(person, metadata, otherName))
		const action = element('membership_requests_action', {}, [
			element(decision, {}, asked.map(participantNode)),
		])
		const answer = expected(await groupQuery(socket, 'set', jid, action), action.tag, decision)
		return resultsIn(answer, asked, words[decision], otherName)
	})
}
