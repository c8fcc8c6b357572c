import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import {
	changeParticipants,
	type ParticipantChange,
} from '../../../../session/actions/groups/participants.ts'
import { inviteRefused } from '../../../../session/actions/groups/invite-refused.ts'
import { defineRoute, type RouteDefinition } from '../../define-route.ts'
import { participantsBody } from '../../params.ts'
import { groupPath, resultList } from './schemas.ts'

const someRefused =
	'Only admins may do it. Some people may be refused: the answer is 200 all the same, with a result for each.'

const changed = z.object({
	success: z.literal(true),
	results: resultList,
})

const memberNode = (name: string) =>
	({ resource: 'group', name, itemsOf: 'results', refusals: true }) as const

const change = (session: Session, group: string, kind: ParticipantChange, participants: string[]) =>
	session.withSocket((deps) => changeParticipants(deps, group, kind, participants))

type MemberRoute = Pick<RouteDefinition, 'method' | 'path' | 'twin' | 'summary'> & {
	/** Of the node's operation. */
	name: string
}

/** A change of people who are in the group. */
const memberRoute = (kind: ParticipantChange, { name, ...route }: MemberRoute) =>
	defineRoute({
		...route,
		description: someRefused,
		params: groupPath,
		body: participantsBody,
		answer: changed,
		node: memberNode(name),
		async run({ session, params, body }) {
			const results = await change(session, params.jid, kind, body.participants)
			return { success: true as const, results }
		},
	})

/** The members of a group, and its admins. */
export const participantRoutes = [
	defineRoute({
		method: 'post',
		path: '/groups/{jid}/participants',
		summary: 'Add members to a group',
		description: someRefused,
		params: groupPath,
		body: participantsBody.extend({
			send_invite: z.boolean().default(false).meta({
				title: 'Send Invite',
				description: 'Whether people who cannot be added get a message with an invitation',
			}),
		}),
		answer: changed,
		node: memberNode('Add Participant'),
		async run({ session, params, body }) {
			const results = await change(session, params.jid, 'add', body.participants)
			return {
				success: true as const,
				results: body.send_invite ? await inviteRefused(session, params.jid, results) : results,
			}
		},
	}),
	memberRoute('remove', {
		method: 'delete',
		path: '/groups/{jid}/participants',
		twin: { method: 'post', path: '/groups/{jid}/participants/remove' },
		summary: 'Remove members from a group',
		name: 'Remove Participant',
	}),
	memberRoute('promote', {
		method: 'post',
		path: '/groups/{jid}/admins',
		summary: 'Make members of a group admins',
		name: 'Promote Participant',
	}),
	memberRoute('demote', {
		method: 'delete',
		path: '/groups/{jid}/admins',
		twin: { method: 'post', path: '/groups/{jid}/admins/demote' },
		summary: 'Make admins of a group ordinary members',
		name: 'Demote Participant',
	}),
]
