import { z } from '@hono/zod-openapi'
import { communityMembers } from '../../../../session/actions/communities/linked-groups.ts'
import { changeParticipants } from '../../../../session/actions/groups/participants.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, participantsBody } from '../../params.ts'
import { resultList } from '../groups/schemas.ts'
import { communityPath, unverifiedRoute } from './schemas.ts'

const personSchema = z
	.object({ jid: z.string(), phone: z.string().nullable(), lid: z.string().nullable() })
	.openapi('CommunityMember')

/** Who is in a community. */
export const communityMemberRoutes = [
	defineRoute({
		method: 'get',
		path: '/communities/{jid}/participants',
		summary: 'Get many members of a community',
		description: `Get the members of all its groups. ${unverifiedRoute}`,
		params: communityPath,
		query: pageQuery(),
		answer: z.object({ participants: z.array(personSchema), total: z.number().int() }),
		node: { resource: 'community', name: 'Get Many Members', itemsOf: 'participants' },
		async run({ session, params, query }) {
			const all = await session.withSocket((deps) => communityMembers(deps, params.jid))
			const { page: participants, total } = pageOf(all, query)
			return { participants, total }
		},
	}),
	defineRoute({
		method: 'delete',
		path: '/communities/{jid}/participants',
		twin: { method: 'post', path: '/communities/{jid}/participants/remove' },
		summary: 'Remove members from a community',
		description: `Remove them from all of its groups as well. ${unverifiedRoute}`,
		params: communityPath,
		body: participantsBody,
		answer: z.object({ results: resultList }),
		node: { resource: 'community', name: 'Remove Member', itemsOf: 'results', refusals: true },
		run: async ({ session, params, body: { participants } }) => ({
			results: await session.withSocket((deps) =>
				changeParticipants(deps, params.jid, 'remove', participants, { linked_groups: 'true' }),
			),
		}),
	}),
]
