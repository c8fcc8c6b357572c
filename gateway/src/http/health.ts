import { OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../session/sessions.ts'
import { json } from './openapi/schemas.ts'

/**
 * Probes, which need no key.
 * @param hide leaves it out of the OpenAPI document, for a second address of the same thing
 */
export function healthRoutes(sessions: Sessions, { hide = false } = {}) {
	const app = new OpenAPIHono()
	app.openapi(
		{
			method: 'get',
			path: '/health',
			summary: 'Liveness probe',
			security: [],
			hide,
			responses: {
				200: { description: 'The process answers', ...json(z.object({ status: z.literal('ok') })) },
			},
		},
		(c) => c.json({ status: 'ok' as const }, 200),
	)
	app.openapi(
		{
			method: 'get',
			path: '/ready',
			summary: 'Readiness probe',
			security: [],
			hide,
			responses: {
				200: {
					description:
						'The HTTP server answers: always 200 while the process runs. `sessions` counts the sessions by status; it shows which are not connected',
					...json(
						z.object({ status: z.literal('ready'), sessions: z.record(z.string(), z.number()) }),
					),
				},
			},
		},
		(c) => c.json({ status: 'ready' as const, sessions: countByStatus(sessions) }, 200),
	)
	return app
}

function countByStatus(sessions: Sessions) {
	const counts: Record<string, number> = {}
	for (const session of sessions.list()) {
		const { status } = session.view()
		counts[status] = (counts[status] ?? 0) + 1
	}
	return counts
}
