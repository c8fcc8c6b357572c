import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { setDisappearing } from '../../session/actions/disappearing.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { oneOf } from '../../messages/fields/one-of.ts'
import { done, doneResponse, jsonBody, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

/** Seconds; 0 turns it off. */
const TIMERS = [0, 86_400, 604_800, 7_776_000] as const

const disappearing = createRoute({
	method: 'post',
	path: '/sessions/{session}/chats/{jid}/disappearing',
	summary: 'Set disappearing messages of a chat',
	description:
		"In groups only admins may do it, unless the group allows it to all members. It applies to messages of people; the gateway's own messages have `expiration`.",
	request: {
		params: sessionParam.extend({
			jid: z.string().meta({
				description: 'A phone number, or the id of a person or group',
				examples: ['4915112345678'],
			}),
		}),
		body: jsonBody(
			z.object({
				seconds: z.literal(TIMERS).meta(
					oneOf(TIMERS, {
						title: 'Disappears After',
						description: 'Seconds: 86400, 604800 or 7776000; 0 for never',
						examples: [604_800],
					}),
				),
			}),
		),
	},
	responses: doneResponse('It is so from now on'),
})

/** How a chat is set: `POST …/chats/{jid}/disappearing`. */
export function chatRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(disappearing, async (c) => {
		const { session: id, jid } = c.req.valid('param')
		const { seconds } = c.req.valid('json')
		await sessions.get(id).withSocket((deps) => setDisappearing(deps, jid, seconds))
		return c.json(done, 200)
	})
	return app
}
