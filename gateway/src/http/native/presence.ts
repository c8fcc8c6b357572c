import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { showChatstate, showPresence, showTyping } from '../../session/actions/presence.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { done, doneResponse, jsonBody, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const to = z.string().meta({
	title: 'To',
	description: 'A phone number, or the id of a person or group',
	examples: ['4915112345678'],
})

const chatstate = createRoute({
	method: 'post',
	path: '/sessions/{session}/chatstate/send',
	summary: 'Show typing or recording',
	description: 'Phones show it for some seconds; `paused` ends it.',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({
				to,
				state: z
					.enum(['typing', 'composing', 'recording', 'paused'])
					.meta({ description: '`composing` is another name of `typing`', examples: ['typing'] }),
			}),
		),
	},
	responses: doneResponse('WhatsApp was notified'),
})

const typing = createRoute({
	method: 'post',
	path: '/sessions/{session}/chatstate/typing',
	summary: 'Show typing for some time',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({
				to,
				duration: z.number().int().min(0).max(60_000).default(3_000).meta({
					description: 'In milliseconds. The answer does not wait for its end',
				}),
			}),
		),
	},
	responses: doneResponse('WhatsApp was notified'),
})

const presence = createRoute({
	method: 'post',
	path: '/sessions/{session}/presence',
	summary: 'Set the presence of the account',
	description: 'While the account is `available`, its phone shows fewer notifications.',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({ state: z.enum(['available', 'unavailable']).meta({ examples: ['available'] }) }),
		),
	},
	responses: doneResponse('WhatsApp was notified'),
})

const presenceSet = createRoute({
	method: 'post',
	path: '/sessions/{session}/presence/set',
	summary: 'Set the presence of the account, in the form of WA-RS',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({ status: z.enum(['available', 'unavailable']).meta({ examples: ['available'] }) }),
		),
	},
	responses: doneResponse('WhatsApp was notified'),
})

/** What others see of an account at the moment: `POST …/chatstate/send`, `…/chatstate/typing`, `…/presence` and `…/presence/set`. */
export function presenceRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(chatstate, async (c) => {
		const { to, state: asked } = c.req.valid('json')
		const state = asked === 'composing' ? 'typing' : asked
		const session = sessions.get(c.req.valid('param').session)
		await session.withSocket((deps) => showChatstate(deps, to, state))
		return c.json(done, 200)
	})
	app.openapi(typing, async (c) => {
		const { to, duration } = c.req.valid('json')
		const session = sessions.get(c.req.valid('param').session)
		await session.withSocket((deps) => showTyping(deps, to, duration))
		return c.json(done, 200)
	})
	app.openapi(presence, async (c) => {
		const { state } = c.req.valid('json')
		const session = sessions.get(c.req.valid('param').session)
		await session.withSocket((deps) => showPresence(deps, state))
		return c.json(done, 200)
	})
	app.openapi(presenceSet, async (c) => {
		const { status } = c.req.valid('json')
		const session = sessions.get(c.req.valid('param').session)
		await session.withSocket((deps) => showPresence(deps, status))
		return c.json(done, 200)
	})
	return app
}
