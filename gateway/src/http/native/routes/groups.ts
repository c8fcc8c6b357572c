import { z } from '@hono/zod-openapi'
import { groupDetails } from '../../../session/actions/groups.ts'
import { defineRoute } from '../define-route.ts'
import { groupRef, pageOf, pageQuery, search } from '../params.ts'

const params = z.object({ jid: groupRef })

const summarySchema = z
	.object({
		jid: z.string().meta({ examples: ['120363000000000000@g.us'] }),
		name: z.string(),
		participant_count: z.number().int(),
	})
	.openapi('GroupSummary')

const basics = z.object({
	jid: z.string(),
	name: z.string(),
	topic: z.string().nullable().meta({ description: 'Its description' }),
	created_at: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
})

const groupSchema = basics.extend({ participant_count: z.number().int() }).openapi('Group')

const detailsSchema = basics
	.extend({
		owner: z.string().nullable(),
		participants: z.array(
			z.object({ jid: z.string(), role: z.enum(['superadmin', 'admin', 'member']) }),
		),
	})
	.openapi('GroupDetails')

/** Groups as they are. */
export const groupRoutes = [
	defineRoute({
		method: 'get',
		path: '/groups',
		summary: 'Get many groups',
		description:
			'Get the groups that the account is in, by name. WhatsApp is asked at most every 15 seconds.',
		query: pageQuery(1_000).extend({ search }),
		answer: z.object({ groups: z.array(summarySchema), total: z.number().int() }),
		success: 'Those that the account is in, by name',
		node: { resource: 'group', name: 'Get Many', itemsOf: 'groups' },
		async run({ session, query }) {
			const { page: groups, total } = pageOf(await session.directory.groups(query.search), query)
			return { groups, total }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/groups/{jid}',
		summary: 'Get a group without its members',
		params,
		answer: groupSchema,
		success: 'The group',
		node: 'Group: Get says this and more',
		async run({ session, params }) {
			const details = await session.withSocket((deps) => groupDetails(deps, params.jid, 'jid'))
			const { participants, owner: _, ...group } = details
			return { ...group, participant_count: participants.length }
		},
	}),
	defineRoute({
		method: 'get',
		path: '/groups/{jid}/info',
		summary: 'Get a group and its members',
		params,
		answer: detailsSchema,
		success: 'The group',
		node: { resource: 'group', name: 'Get' },
		run: ({ session, params }) =>
			session.withSocket((deps) => groupDetails(deps, params.jid, 'jid')),
	}),
]
