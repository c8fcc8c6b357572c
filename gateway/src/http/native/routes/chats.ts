import { z } from '@hono/zod-openapi'
import { identity } from '../../../events/identity.ts'
import { oneOf } from '../../../messages/fields/one-of.ts'
import { setDisappearing } from '../../../session/actions/disappearing.ts'
import { done, doneSchema } from '../../openapi/schemas.ts'
import { defineRoute } from '../define-route.ts'
import { chatRef, pageOf, pageQuery, search } from '../params.ts'

/** Seconds; 0 turns it off. */
const TIMERS = [0, 86_400, 604_800, 7_776_000] as const

const chatSchema = identity
	.extend({
		last_message_at: z.iso.datetime().nullable().meta({
			description: 'To the minute; null if none was exchanged since the session was made',
		}),
	})
	.openapi('Chat')

/** Chats with people, groups and channels. */
export const chatRoutes = [
	defineRoute({
		method: 'get',
		path: '/chats',
		summary: 'Get many chats',
		description:
			'Get the people, groups and channels with whom messages were exchanged, newest first; then known contacts.',
		query: pageQuery(1_000).extend({ search }),
		answer: z.object({ chats: z.array(chatSchema), total: z.number().int() }),
		success: 'Newest first',
		node: { resource: 'chat', name: 'Get Many', itemsOf: 'chats' },
		async run({ session, query }) {
			const { page: chats, total } = pageOf(await session.directory.chats(query.search), query)
			return { chats, total }
		},
	}),
	defineRoute({
		method: 'post',
		path: '/chats/{jid}/disappearing',
		summary: 'Set disappearing messages of a chat',
		description:
			'In groups only admins may do it, unless the group allows it to all members. Later sends to the chat follow it, unless they have an `expiration`.',
		params: z.object({ jid: chatRef }),
		body: z.object({
			seconds: z.literal(TIMERS).meta(
				oneOf(TIMERS, {
					title: 'Disappears After',
					description: 'Seconds: 86400, 604800 or 7776000; 0 for never',
					examples: [604_800],
				}),
			),
		}),
		answer: doneSchema,
		success: 'It is so from now on',
		node: { resource: 'chat', name: 'Set Disappearing Messages' },
		async run({ session, params, body }) {
			await session.withSocket((deps) => setDisappearing(deps, params.jid, body.seconds))
			return done
		},
	}),
]
