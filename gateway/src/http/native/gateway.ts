import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { checkStates } from '../../doctor/check.ts'
import type { GatewayChecks } from '../../doctor/in-gateway.ts'
import { versionOrigins } from '../../session/version/sources.ts'
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
						whatsapp_web: z
							.object({
								version: z.string(),
								origin: z.enum(versionOrigins).meta({
									description:
										'`whatsapp`: its own page · `baileys`: the file that Baileys publishes · `built_in` · `setting`: WHATSAPP_VERSION',
								}),
								checked_at: z.iso.datetime().nullable().meta({
									description: 'When a page has said so the last time; null if none has',
								}),
								refused: z
									.boolean()
									.meta({ description: 'Whether WhatsApp refuses it as too old' }),
							})
							.meta({ description: 'The version of WhatsApp Web as which the sessions connect' }),
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

const check = createRoute({
	method: 'get',
	path: '/gateway/checks',
	summary: 'Check the gateway and its surroundings',
	description:
		'For admins. Runs the checks of the command `doctor` inside the gateway: settings, disk, clock, ffmpeg, `PUBLIC_URL`, WhatsApp, and the host of every webhook, to which it connects without a request. Takes seconds if a host does not answer.',
	responses: {
		200: {
			description: 'What was found',
			...json(
				z
					.object({
						checked_at: z.iso.datetime(),
						checks: z.array(
							z.object({
								name: z.string().meta({
									description:
										'What was checked: `disk`, `whatsapp` … More than one entry may have the same name, as each webhook host has its own',
								}),
								title: z.string().meta({ description: 'The name for people' }),
								state: z.enum(checkStates).meta({
									description: '`unknown` if it cannot be found out from here',
								}),
								sentence: z.string(),
								advice: z.string().nullable().meta({ description: 'What to do about it' }),
							}),
						),
					})
					.openapi('GatewayChecks'),
			),
		},
		...problems,
	},
})

/** `/gateway`, for admins. */
export function gatewayRoutes(info: () => Promise<GatewayInfo>, checks: GatewayChecks) {
	const app = new OpenAPIHono<AppEnv>()
	app.openapi(show, async (c) => {
		requireAdmin(c)
		return c.json(await info(), 200)
	})
	app.openapi(check, async (c) => {
		requireAdmin(c)
		const results = await checks.all()
		const shown = results.map(({ advice, ...result }) => ({ ...result, advice: advice ?? null }))
		return c.json({ checked_at: new Date().toISOString(), checks: shown }, 200)
	})
	return app
}
