import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import { sessionTag, sessionTags } from '../../../../session/session-tags.ts'
import { mayUse } from '../../../api-keys/caller.ts'
import { defineGatewayRoute, defineRoute } from '../../define-route.ts'

const tagsSchema = z.object({ session_id: z.string(), tags: z.array(z.string()) })

const changedSchema = tagsSchema.extend({
	tag: z.string(),
	changed: z.boolean().meta({ description: 'False if it was so already' }),
})

const tagsOf = (session: Session) => ({ session_id: session.id, tags: session.tags() })

/** How many sessions have each tag, the most frequent first. */
function countTags(all: readonly string[]) {
	const counts = new Map<string, number>()
	for (const tag of all) counts.set(tag, (counts.get(tag) ?? 0) + 1)
	return [...counts]
		.map(([tag, session_count]) => ({ tag, session_count }))
		.sort((a, b) => b.session_count - a.session_count || a.tag.localeCompare(b.tag))
}

/** Words by which the owner of many sessions finds some of them; paths and answers are those of WA-RS. */
export const tagRoutes = [
	defineGatewayRoute({
		method: 'get',
		path: '/tags',
		summary: 'Get many tags',
		description:
			'All tags of the sessions that the API key may use, with the number of those sessions.',
		answer: z.array(z.object({ tag: z.string(), session_count: z.number().int() })),
		success: 'The most frequent first',
		node: { resource: 'session', name: 'Get Many Tags' },
		run: async ({ sessions, caller }) =>
			countTags(
				sessions
					.list()
					.filter((session) => mayUse(caller, session))
					.flatMap((session) => session.tags()),
			),
	}),
	defineRoute({
		method: 'get',
		path: '/tags',
		summary: 'Get the tags of a session',
		answer: tagsSchema,
		node: 'Session: Get has them as well',
		run: async ({ session }) => tagsOf(session),
	}),
	defineRoute({
		method: 'put',
		path: '/tags',
		summary: 'Set the tags of a session',
		description: 'They replace those that it has.',
		body: z.object({ tags: sessionTags }),
		answer: tagsSchema,
		node: { resource: 'session', name: 'Set Tags' },
		async run({ session, body }) {
			await session.setTags(body.tags)
			return tagsOf(session)
		},
	}),
	defineRoute({
		method: 'post',
		path: '/tags',
		summary: 'Add a tag to a session',
		body: z.object({ tag: sessionTag }),
		answer: changedSchema,
		node: { resource: 'session', name: 'Add Tag' },
		run: async ({ session, body: { tag } }) => ({
			session_id: session.id,
			tag,
			...(await session.addTag(tag)),
		}),
	}),
	defineRoute({
		method: 'delete',
		path: '/tags/{tag}',
		summary: 'Remove a tag from a session',
		params: z.object({ tag: sessionTag }),
		answer: changedSchema,
		node: { resource: 'session', name: 'Remove Tag' },
		run: async ({ session, params: { tag } }) => ({
			session_id: session.id,
			tag,
			...(await session.removeTag(tag)),
		}),
	}),
]
