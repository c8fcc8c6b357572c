import { z } from '@hono/zod-openapi'
import {
	createCommunity,
	deactivateCommunity,
} from '../../../../session/actions/communities/create.ts'
import { linkedGroups } from '../../../../session/actions/communities/linked-groups.ts'
import { groupDetails } from '../../../../session/actions/groups/details.ts'
import { leaveCommunity } from '../../../../session/actions/groups/leave.ts'
import { done, doneSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, search } from '../../params.ts'
import { descriptionField, detailsSchema, subjectField } from '../groups/schemas.ts'
import { communityPath, communitySchema, linkedGroupList, unverifiedRoute } from './schemas.ts'

/** Communities: groups of groups. */
export const communityListRoutes = [
	defineRoute({
		method: 'get',
		path: '/communities',
		summary: 'Get many communities',
		description: 'Get the communities that the account is in, by name.',
		query: pageQuery(1_000).extend({ search }),
		answer: z.object({ communities: z.array(communitySchema), total: z.number().int() }),
		node: { resource: 'community', name: 'Get Many', itemsOf: 'communities' },
		async run({ session, query }) {
			const all = await session.directory.communities(query.search)
			const { page: communities, total } = pageOf(all, query)
			return { communities, total }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/communities',
		summary: 'Create a community',
		description: `Create a community with its group for announcements. ${unverifiedRoute}`,
		body: z.object({
			name: subjectField,
			description: descriptionField.optional(),
			approval: z.boolean().default(true).meta({
				title: 'Approval',
				description: 'Whether admins approve who joins',
			}),
			members_create_groups: z.boolean().default(true).meta({
				title: 'Members Create Groups',
				description: 'Whether all members may create groups in it',
			}),
		}),
		answer: z.object({
			community_jid: z.string(),
			announcement_jid: z.string().nullable(),
			general_jid: z.string().nullable(),
		}),
		creates: true,
		node: { resource: 'community', name: 'Create' },
		run: ({ session, body, idempotencyKey }) =>
			session.createOnce(idempotencyKey, { type: 'community', input: body }, (key) =>
				session.withSocket((deps) => createCommunity(deps, body, key)),
			),
	}),
	defineRoute({
		method: 'get',
		path: '/communities/{jid}',
		summary: 'Get a community and its groups',
		params: communityPath,
		answer: detailsSchema.extend({ groups: linkedGroupList }),
		node: { resource: 'community', name: 'Get' },
		run: ({ session, params }) =>
			session.withSocket(async (deps) => ({
				...(await groupDetails(deps, params.jid, 'jid')),
				groups: await linkedGroups(deps, params.jid),
			})),
	}),
	defineRoute({
		method: 'delete',
		path: '/communities/{jid}',
		summary: 'Deactivate a community',
		description: `End a community; its groups stay. Only its owner may. ${unverifiedRoute}`,
		params: communityPath,
		answer: doneSchema,
		node: { resource: 'community', name: 'Delete' },
		async run({ session, params }) {
			await session.withSocket((deps) => deactivateCommunity(deps, params.jid))
			return done
		},
	}),
	defineRoute({
		method: 'post',
		path: '/communities/{jid}/leave',
		summary: 'Leave a community',
		description: unverifiedRoute,
		params: communityPath,
		answer: doneSchema,
		node: { resource: 'community', name: 'Leave' },
		async run({ session, params }) {
			await session.withSocket((deps) => leaveCommunity(deps, params.jid))
			return done
		},
	}),
]
