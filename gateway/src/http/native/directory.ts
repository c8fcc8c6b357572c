import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../session/sessions.ts'
import { identity } from '../../events/identity.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { json, problems, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const query = z.object({
	search: z
		.string()
		.max(100)
		.default('')
		.meta({ description: 'In the name, the number or the id' }),
	limit: z.coerce.number().int().min(1).max(10_000).default(1_000),
})

const groupSchema = z
	.object({
		jid: z.string().meta({ examples: ['120363000000000000@g.us'] }),
		name: z.string(),
		participant_count: z.number().int(),
	})
	.openapi('GroupSummary')

const chatSchema = identity
	.extend({
		last_message_at: z.iso.datetime().nullable().meta({
			description: 'To the minute; null if none was exchanged since the session was made',
		}),
	})
	.openapi('Chat')

const groups = createRoute({
	method: 'get',
	path: '/sessions/{session}/groups',
	summary: 'List groups',
	description: 'The list is queried from WhatsApp at most every 15 seconds.',
	request: { params: sessionParam, query },
	responses: {
		200: {
			description: 'Those that the account is in, by name',
			...json(z.object({ groups: z.array(groupSchema), total: z.number().int() })),
		},
		...problems,
	},
})

const chats = createRoute({
	method: 'get',
	path: '/sessions/{session}/chats',
	summary: 'List chats',
	request: { params: sessionParam, query },
	responses: {
		200: {
			description:
				'People, groups and channels with whom messages were exchanged, newest first; then known contacts',
			...json(z.object({ chats: z.array(chatSchema), total: z.number().int() })),
		},
		...problems,
	},
})

/** `/sessions/{session}/groups` and `/sessions/{session}/chats`: whom a session can write to. */
export function directoryRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(groups, async (c) => {
		const { search, limit } = c.req.valid('query')
		const { directory } = sessions.get(c.req.valid('param').session)
		const found = await directory.groups(search)
		return c.json({ groups: found.slice(0, limit), total: found.length }, 200)
	})
	app.openapi(chats, async (c) => {
		const { search, limit } = c.req.valid('query')
		const { directory } = sessions.get(c.req.valid('param').session)
		const found = await directory.chats(search)
		return c.json({ chats: found.slice(0, limit), total: found.length }, 200)
	})
	return app
}
