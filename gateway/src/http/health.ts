import { OpenAPIHono, z } from '@hono/zod-openapi'
import { unreadyReasons } from '../doctor/check.ts'
import type { GatewayChecks } from '../doctor/in-gateway.ts'
import type { Sessions } from '../session/sessions.ts'
import { mayUse, type Caller } from './api-keys/caller.ts'
import { eitherHeader, securityOf } from './middleware/key-location.ts'
import { identifyCaller, type AuthOptions } from './middleware/require-key.ts'
import { json, problems } from './openapi/schemas.ts'

const counts = z.record(z.string(), z.number()).optional()
const ready = z.object({ status: z.literal('ready'), sessions: counts })
const unavailable = z.object({
	status: z.literal('unavailable'),
	reason: z.enum(unreadyReasons),
	sessions: counts,
})

/**
 * Probes, which need no key. With one, readiness shows more.
 * @param sessions those that are at this gateway: a probe does not wait for the others, nor for the database
 * @param hide leaves it out of the OpenAPI document, for a second address of the same thing
 */
export function healthRoutes(
	sessions: Sessions,
	checks: Pick<GatewayChecks, 'unready'>,
	auth: AuthOptions,
	{ hide = false } = {},
) {
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
			security: [{}, ...securityOf(eitherHeader)],
			hide,
			responses: {
				200: {
					description:
						'The gateway takes requests. With a key, `sessions` counts the sessions of this gateway that the key may use by their status; it shows how many are not connected',
					...json(ready),
				},
				503: {
					description:
						'`storage_failed`: the state of a session cannot be saved; sends to it answer 507, and the gateway tries again every five seconds by itself. `data_dir_unusable`: DATA_DIR is gone, or cannot be read and written. `disk_full`: less than 8 MB, or 100 files, are free there. `not_in_cluster`: of several gateways over one database this one has no lease, or stops and hands its sessions to the others',
					...json(unavailable),
				},
				...problems,
			},
		},
		async (c) => {
			const caller = await identifyCaller(c, auth, eitherHeader)
			const counts = caller && { sessions: countByStatus(sessions, caller) }
			const reason = await checks.unready()
			if (!reason) return c.json({ status: 'ready' as const, ...counts }, 200)
			return c.json({ status: 'unavailable' as const, reason, ...counts }, 503)
		},
	)
	return app
}

function countByStatus(sessions: Sessions, caller: Caller) {
	const counts: Record<string, number> = {}
	for (const session of sessions.list().filter((session) => mayUse(caller, session))) {
		const { status } = session.view()
		counts[status] = (counts[status] ?? 0) + 1
	}
	return counts
}
