import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { markRead } from '../../session/actions/mark-read.ts'
import type { Sessions } from '../../session/sessions.ts'
import { starMessage } from '../../session/actions/star.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { done, doneResponse, jsonBody, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const messageId = z
	.string()
	.min(1)
	.max(128)
	.meta({ title: 'Message', examples: ['3EB0538DA65A59F6D8A251'] })

const chat = z.string().meta({
	title: 'Chat',
	description: 'A phone number, or the id of a person or group',
	examples: ['4915112345678'],
})
const otherName = { description: 'Another name of `chat_jid`' }

const readBody = z
	.object({
		chat_jid: chat.optional(),
		chat: chat.optional().meta(otherName),
		to: chat.optional().meta(otherName),
		message_ids: z.array(messageId).min(1).max(1_000),
		sender: z.string().optional().meta({
			description:
				'Author of the messages in a group; needed for messages from before the session was linked',
		}),
	})
	.refine(({ chat_jid, chat, to }) => chat_jid ?? chat ?? to, {
		path: ['chat_jid'],
		error: 'is required',
	})

const read = createRoute({
	method: 'post',
	path: '/sessions/{session}/messages/read',
	summary: 'Mark messages as read',
	description:
		'Their authors see blue ticks, unless the privacy settings of the account hide them.',
	request: { params: sessionParam, body: jsonBody(readBody) },
	responses: doneResponse('WhatsApp was notified'),
})

const star = createRoute({
	method: 'post',
	path: '/sessions/{session}/messages/star',
	summary: 'Star a message',
	description: 'The star is visible on all devices of the account, and to no other person.',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({
				message_id: messageId,
				star: z.boolean().default(true).meta({ description: 'False takes the star back' }),
				chat: chat.optional().meta({
					description: 'Where the message is; needed only if the gateway does not remember it',
				}),
				from_me: z.boolean().optional().meta({
					description: 'Whether this account wrote it; likewise',
				}),
			}),
		),
	},
	responses: doneResponse('All devices are notified'),
})

/** What a session does to messages for itself: `POST …/messages/read` and `…/messages/star`. */
export function messageMarkRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(read, async (c) => {
		const { chat_jid, chat, to, ...rest } = c.req.valid('json')
		const asked = { ...rest, chat: (chat_jid ?? chat ?? to)! }
		const session = sessions.get(c.req.valid('param').session)
		await session.withSocket((deps) => markRead(deps, asked))
		return c.json(done, 200)
	})
	app.openapi(star, async (c) => {
		const asked = c.req.valid('json')
		const session = sessions.get(c.req.valid('param').session)
		await session.withSocket((deps) => starMessage(deps, asked))
		return c.json(done, 200)
	})
	return app
}
