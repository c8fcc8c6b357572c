import { z } from '@hono/zod-openapi'
import {
	decideJoinRequests,
	waitingJoinRequests,
} from '../../../../session/actions/groups/requests.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, participantsBody } from '../../params.ts'
import { groupPath, resultList } from './schemas.ts'

const requestSchema = z
	.object({
		jid: z.string(),
		phone: z.string().nullable(),
		lid: z.string().nullable(),
		requested_at: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
		method: z
			.string()
			.nullable()
			.meta({
				description: 'How it was asked',
				examples: ['invite_link'],
			}),
		requested_by: z.string().nullable().meta({
			description: 'The member who wants to add the person',
		}),
	})
	.openapi('JoinRequest')

const decided = z.object({ results: resultList })

/** People who ask to be let into a group. */
export const joinRequestRoutes = [
	defineRoute({
		method: 'get',
		path: '/groups/{jid}/requests',
		summary: 'Get many join requests',
		description: 'Get the pending requests to join a group. Only admins see them.',
		params: groupPath,
		query: pageQuery(),
		answer: z.object({ requests: z.array(requestSchema), total: z.number().int() }),
		node: { resource: 'group', name: 'Get Many Join Requests', itemsOf: 'requests' },
		async run({ session, params, query }) {
			const all = await session.withSocket((deps) => waitingJoinRequests(deps, params.jid))
			const { page: requests, total } = pageOf(all, query)
			return { requests, total }
		},
	}),
	...(['approve', 'reject'] as const).map((decision) =>
		defineRoute({
			method: 'post',
			path: `/groups/{jid}/requests/${decision}`,
			summary: decision === 'approve' ? 'Approve join requests' : 'Reject join requests',
			description:
				'Only admins may. Some people may be refused: the answer is 200 all the same, with a result for each.',
			params: groupPath,
			body: participantsBody,
			answer: decided,
			node: {
				resource: 'group',
				name: decision === 'approve' ? 'Approve Join Request' : 'Reject Join Request',
				itemsOf: 'results',
				refusals: true,
			},
			async run({ session, params, body: { participants } }) {
				return {
					results: await session.withSocket((deps) =>
						decideJoinRequests(deps, params.jid, decision, participants),
					),
				}
			},
		}),
	),
]
