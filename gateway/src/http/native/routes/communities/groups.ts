import { z } from '@hono/zod-openapi'
import {
	joinLinkedGroup,
	linkedGroups,
	linkGroups,
	unlinkGroup,
} from '../../../../session/actions/communities/linked-groups.ts'
import { createGroup } from '../../../../session/actions/groups/create.ts'
import { toGroupJid } from '../../../../session/actions/groups/group-jid.ts'
import { defineRoute } from '../../define-route.ts'
import { pageOf, pageQuery, participantsBody, queryFlag } from '../../params.ts'
import { createdSchema } from '../groups/create.ts'
import { subjectField } from '../groups/schemas.ts'
import {
	communityPath,
	linkedGroupList,
	linkedGroupPath,
	linkResults,
	unverifiedRoute,
} from './schemas.ts'

const linked = z.object({ results: linkResults })
const linkBody = z.object({
	groups: z
		.array(z.string().min(1).max(200))
		.min(1)
		.max(50)
		.meta({
			title: 'Groups',
			description: 'Ids of groups',
			examples: [['120363000000000000@g.us']],
		}),
})

/** The groups in a community. */
export const communityGroupRoutes = [
	defineRoute({
		method: 'get',
		path: '/communities/{jid}/groups',
		summary: 'Get many groups of a community',
		params: communityPath,
		query: pageQuery(),
		answer: z.object({ groups: linkedGroupList, total: z.number().int() }),
		node: { resource: 'community', name: 'Get Many Groups', itemsOf: 'groups' },
		async run({ session, params, query }) {
			const all = await session.withSocket((deps) => linkedGroups(deps, params.jid))
			const { page: groups, total } = pageOf(all, query)
			return { groups, total }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/communities/{jid}/groups',
		summary: 'Create a group in a community',
		description: unverifiedRoute,
		params: communityPath,
		body: z.object({
			name: subjectField,
			participants: participantsBody.shape.participants.optional(),
		}),
		answer: createdSchema,
		creates: true,
		node: { resource: 'community', name: 'Create Group' },
		run({ session, params, body, idempotencyKey }) {
			const parent = toGroupJid(params.jid, 'jid')
			const request = { type: 'community-group', input: { ...body, parent } }
			return session.createOnce(idempotencyKey, request, (key) =>
				session.withSocket((deps) => createGroup(deps, { ...body, parent }, key)),
			)
		},
	}),
	defineRoute({
		method: 'post',
		path: '/communities/{jid}/groups/link',
		summary: 'Link groups to a community',
		description: `Put groups of which the account is an admin into a community. Some may be refused. ${unverifiedRoute}`,
		params: communityPath,
		body: linkBody,
		answer: linked,
		node: { resource: 'community', name: 'Link Group', itemsOf: 'results', refusals: true },
		run: async ({ session, params, body }) => ({
			results: await session.withSocket((deps) => linkGroups(deps, params.jid, body.groups)),
		}),
	}),
	defineRoute({
		method: 'put',
		path: '/communities/{jid}/groups/{group_jid}',
		summary: 'Link a group to a community',
		description: unverifiedRoute,
		params: linkedGroupPath,
		answer: linked,
		node: 'Community: Link Group does it, for several at once',
		run: async ({ session, params: { jid, group_jid } }) => ({
			results: await session.withSocket((deps) => linkGroups(deps, jid, [group_jid])),
		}),
	}),
	defineRoute({
		method: 'delete',
		path: '/communities/{jid}/groups/{group_jid}',
		summary: 'Unlink a group from a community',
		description: unverifiedRoute,
		params: linkedGroupPath,
		query: z.object({
			remove_orphans: queryFlag.default(false).meta({
				title: 'Remove Orphans',
				description: 'Whether members without another group in the community are removed from it',
			}),
		}),
		answer: linked,
		node: { resource: 'community', name: 'Unlink Group', itemsOf: 'results', refusals: true },
		run: async ({ session, params: { jid, group_jid }, query }) => ({
			results: await session.withSocket((deps) =>
				unlinkGroup(deps, jid, group_jid, query.remove_orphans),
			),
		}),
	}),
	defineRoute({
		method: 'post',
		path: '/communities/{jid}/groups/{group_jid}/join',
		summary: 'Join a group of a community',
		description: unverifiedRoute,
		params: linkedGroupPath,
		answer: z.object({ status: z.enum(['joined', 'requested']), group_jid: z.string() }),
		success: '`requested`: admins have to approve it',
		node: { resource: 'community', name: 'Join Group' },
		run: ({ session, params }) =>
			session.withSocket((deps) => joinLinkedGroup(deps, params.jid, params.group_jid)),
	}),
]
