import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { GatewayInfo } from '../../monitoring/gateway-info.ts'
import { requireAdmin, type AppEnv } from '../api-keys/caller.ts'
import { json, problems } from '../openapi/schemas.ts'

const show = createRoute({
	method: 'get',
	path: '/gateway',
	summary: 'Get the state of the gateway',
	description: 'For admins. Sizes may be a minute old.',
	responses: {
		200: {
			description: 'The gateway',
			...json(
				z
					.object({
						version: z.string(),
						node: z.string().meta({ description: 'Version of Node.js' }),
						started_at: z.iso.datetime(),
						sandbox: z.boolean().meta({
							description: 'Whether the sessions are linked to a simulated WhatsApp',
						}),
						data_dir: z.object({ size: z.number().int(), free: z.number().int() }).meta({
							description: 'Size of the files in DATA_DIR and free space there, in bytes',
						}),
						ffmpeg: z.object({ version: z.string() }).nullable().meta({
							description: 'null if ffmpeg, or the ffprobe beside it, cannot be run',
						}),
						deliveries: z
							.object({ waiting: z.number().int(), dead: z.number().int() })
							.meta({ description: 'Events of all webhooks that are not disabled' }),
						settings: z
							.array(
								z.object({
									name: z.string(),
									value: z.string().nullable().meta({ description: 'null for a secret' }),
									default: z.string(),
								}),
							)
							.meta({ description: 'Settings that differ from their defaults' }),
					})
					.openapi('Gateway'),
			),
		},
		...problems,
	},
})

/** `/gateway`, for admins. */
export function gatewayRoutes(info: () => Promise<GatewayInfo>) {
	const app = new OpenAPIHono<AppEnv>()
	app.openapi(show, async (c) => {
		requireAdmin(c)
		return c.json(await info(), 200)
	})
	return app
}
