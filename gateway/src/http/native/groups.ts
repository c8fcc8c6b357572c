import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { groupDetails } from '../../session/actions/groups.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { json, problems, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const params = sessionParam.extend({
	jid: z.string().meta({ examples: ['120363000000000000@g.us'] }),
})

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

const show = createRoute({
	method: 'get',
	path: '/sessions/{session}/groups/{jid}',
	summary: 'Get a group',
	request: { params },
	responses: { 200: { description: 'The group', ...json(groupSchema) }, ...problems },
})

const showAll = createRoute({
	method: 'get',
	path: '/sessions/{session}/groups/{jid}/info',
	summary: 'Get a group and its members',
	request: { params },
	responses: { 200: { description: 'The group', ...json(detailsSchema) }, ...problems },
})

/** `GET /sessions/{session}/groups/{jid}` and `…/info`. */
export function groupRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	const detailsOf = ({ session, jid }: z.output<typeof params>) =>
		sessions.get(session).withSocket((deps) => groupDetails(deps, jid, 'jid'))
	app.openapi(show, async (c) => {
		const { participants, owner, ...group } = await detailsOf(c.req.valid('param'))
		return c.json({ ...group, participant_count: participants.length }, 200)
	})
	app.openapi(showAll, async (c) => c.json(await detailsOf(c.req.valid('param')), 200))
	return app
}
