import { z } from '@hono/zod-openapi'
import { groupDetails } from '../../../../session/actions/groups/details.ts'
import { leaveGroup } from '../../../../session/actions/groups/leave.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, queryFlag, search } from '../../params.ts'
import { detailsSchema, groupFields, groupPath, groupShown, summarySchema } from './schemas.ts'

/** Groups as they are. */
export const groupListRoutes = [
	defineRoute({
		method: 'get',
		path: '/groups',
		summary: 'Get many groups',
		description:
			'Get the groups that the account is in, by name. WhatsApp is asked at most every 15 seconds.',
		query: pageQuery(1_000).extend({
			search,
			participants: queryFlag
				.optional()
				.meta({ title: 'With Participants', description: 'Whether the answer has the members' }),
		}),
		answer: z.object({ groups: z.array(summarySchema), total: z.number().int() }),
		success: 'Those that the account is in, by name',
		node: { resource: 'group', name: 'Get Many', itemsOf: 'groups' },
		async run({ session: { directory }, query }) {
			const found = query.participants
				? await directory.groupsAndMembers(query.search)
				: await directory.groups(query.search)
			const { page, total } = pageOf(found, query)
			return { groups: page.map(groupShown), total }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/groups/{jid}',
		summary: 'Get a group without its members',
		params: groupPath,
		answer: groupFields.openapi('Group'),
		success: 'The group',
		node: 'Group: Get says this and more',
		async run({ session, params }) {
			const details = await session.withSocket((deps) => groupDetails(deps, params.jid, 'jid'))
			const { participants: _, ...group } = details
			return group
		},
	}),
	defineRoute({
		method: 'get',
		path: '/groups/{jid}/info',
		summary: 'Get a group and its members',
		params: groupPath,
		answer: detailsSchema,
		success: 'The group',
		node: { resource: 'group', name: 'Get' },
		run: ({ session, params }) =>
			session.withSocket((deps) => groupDetails(deps, params.jid, 'jid')),
	}),
	defineRoute({
		method: 'post',
		path: '/groups/{jid}/leave',
		summary: 'Leave a group',
		params: groupPath,
		answer: doneSchema,
		success: 'The account is no longer in it',
		node: { resource: 'group', name: 'Leave' },
		async run({ session, params }) {
			await session.withSocket((deps) => leaveGroup(deps, params.jid))
			return done
		},
	}),
]
