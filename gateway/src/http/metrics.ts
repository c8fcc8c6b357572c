import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { METRICS_TYPE } from '../lib/metrics.ts'
import { requireAdmin, type AppEnv } from './api-keys/caller.ts'
import { eitherHeader, securityOf } from './middleware/key-location.ts'
import { requireKey, type AuthOptions } from './middleware/require-key.ts'
import { problems } from './openapi/schemas.ts'

/** `/metrics`, for Prometheus. @param isOpen whether it needs no key; with one, the key must be an admin's */
export function metricsRoutes(text: () => Promise<string>, auth: AuthOptions, isOpen: boolean) {
	const app = new OpenAPIHono<AppEnv>()
	const show = createRoute({
		method: 'get',
		path: '/metrics',
		summary: 'Metrics for Prometheus',
		description:
			'For admin keys; with `METRICS_WITHOUT_KEY` for everybody. Nothing in it names a person or a session.',
		security: isOpen ? [] : securityOf(eitherHeader),
		responses: {
			200: {
				description: "Metrics in Prometheus' text format",
				content: { 'text/plain': { schema: z.string() } },
			},
			...problems,
		},
	})
	if (!isOpen) app.use('/metrics', requireKey(auth, eitherHeader))
	app.openapi(show, async (c) => {
		if (!isOpen) requireAdmin(c)
		return c.text(await text(), 200, { 'Content-Type': METRICS_TYPE })
	})
	return app
}
