import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { checkNumbers } from '../../session/actions/check-numbers.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { json, jsonBody, problems, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const check = createRoute({
	method: 'post',
	path: '/sessions/{session}/contacts/check',
	summary: 'Check which phone numbers are on WhatsApp',
	description: 'WhatsApp blocks accounts that check many unknown numbers.',
	request: {
		params: sessionParam,
		body: jsonBody(
			z.object({
				phones: z
					.array(z.string().max(40))
					.min(1)
					.max(100)
					.meta({ title: 'Phone Numbers', examples: [['4915112345678']] }),
			}),
		),
	},
	responses: {
		200: {
			description: 'In the order in which they were asked for',
			...json(
				z.object({
					results: z.array(
						z
							.object({
								phone: z.string().meta({ description: 'As it was asked for' }),
								exists: z.boolean().nullable().meta({
									description: 'Null if WhatsApp left the number out of its answer',
								}),
								jid: z.string().nullable().meta({
									description: 'To send to; WhatsApp may spell the number differently',
								}),
							})
							.openapi('CheckedNumber'),
					),
				}),
			),
		},
		...problems,
	},
})

/** `POST /sessions/{session}/contacts/check`. */
export function contactRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(check, async (c) => {
		const { phones } = c.req.valid('json')
		const session = sessions.get(c.req.valid('param').session)
		const found = await session.withSocket((deps) => checkNumbers(deps, phones, 'phones'))
		const results = found.map(({ number: phone, ...answer }) => ({ phone, ...answer }))
		return c.json({ results }, 200)
	})
	return app
}
