import { z } from '@hono/zod-openapi'
import type { GatewayError } from '../../../../errors.ts'
import { mayUse } from '../../../api-keys/caller.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../../dialect.ts'
import { notSupported } from '../../read.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { neverStarted, notFound } from '../errors.ts'
import { flag, optionalText } from '../fields.ts'
import { meOf, meSchema } from '../me.ts'
import { sessionNamed } from '../session.ts'
import { wahaStatusOf } from '../session-states.ts'
import { applyConfig, configOf } from './apply-config.ts'
import { configSchema, unmasked } from './config.ts'
import { logout, restart } from './control.ts'
import { checkConfig, configNames, createSession } from './create.ts'
import { infoOf, infoSchema, oneInfoOf } from './info.ts'
import { madeUpName, newName } from './name.ts'
import { removeSession } from './remove.ts'

const apps = z
	.array(z.unknown())
	.nullish()
	.meta({ description: 'Apps are not supported: an empty list' })

const notThere = () => notFound('Session not found', 'session_not_found')

/** `/api/sessions` and below. */
export function sessions(services: Services): Endpoint[] {
	const one = '/api/sessions/{session}'
	const named = (call: Call, missing: (name: string) => GatewayError = notThere) =>
		sessionNamed(services, call, call.param('session'), missing)

	function control(
		word: string,
		summary: string,
		act: (session: ReturnType<typeof named>) => Promise<unknown>,
	): Endpoint {
		return {
			method: 'post',
			path: `${one}/${word}`,
			summary,
			action: 'control',
			response: infoSchema,
			statuses: [201],
			async run(call) {
				const session = named(call)
				await act(session)
				return call.c.json(oneInfoOf(session, call.caller), 201)
			},
		}
	}

	return [
		endpoint({
			method: 'get',
			path: '/api/sessions',
			summary: 'List sessions',
			action: 'read',
			body: z.object({
				all: flag.default(false).meta({ description: 'Whether stopped ones are listed as well' }),
				expand: z.union([z.string(), z.array(z.string())]).optional(),
			}),
			response: z.array(infoSchema),
			run({ c, caller, body: { all, expand } }) {
				const infos = services.sessions
					.list()
					.filter((session) => mayUse(caller, session))
					.map((session) => infoOf(session, caller))
				const shown = infos.filter(({ status }) => all || status !== 'STOPPED')
				return c.json(expand ? shown.map((info) => ({ ...info, apps: [] })) : shown)
			},
		}),
		endpoint({
			method: 'post',
			path: '/api/sessions',
			summary: 'Create a session and start it',
			action: 'setting',
			body: z.object({
				name: newName.optional(),
				start: z.boolean().default(true),
				config: configSchema.optional(),
				apps,
			}),
			response: infoSchema,
			statuses: [201],
			async run({ c, caller, body: { name, start, config, apps } }) {
				refuseApps(apps)
				const session = await createSession(services, caller, {
					name: name || madeUpName(),
					start,
					config,
				})
				const status = wahaStatusOf(session.view().status)
				// It begins at once, and is not there yet.
				const now = start && status === 'STOPPED' ? 'STARTING' : status
				return c.json(oneInfoOf(session, caller, now), 201)
			},
		}),
		endpoint({
			method: 'get',
			path: one,
			summary: 'Get a session',
			action: 'read',
			body: z.object({ expand: optionalText }),
			response: infoSchema,
			run(call) {
				const info = oneInfoOf(named(call), call.caller)
				return call.c.json(call.body.expand ? { ...info, apps: [] } : info)
			},
		}),
		endpoint({
			method: 'put',
			path: one,
			summary: 'Replace the config of a session',
			action: 'setting',
			body: z.object({ config: configSchema.optional(), apps }),
			response: infoSchema,
			async run(call) {
				const { caller, body } = call
				const session = named(call)
				refuseApps(body.apps)
				const config = unmasked(body.config ?? {}, configOf(session))
				await withForeignFieldNames(configNames, async () => {
					await checkConfig(services, config, caller.role === 'admin')
					await applyConfig(services, session, caller, config)
				})
				return call.c.json(oneInfoOf(session, caller))
			},
		}),
		{
			method: 'delete',
			path: one,
			summary: 'Log a session out and delete it',
			action: 'delete',
			response: 'empty',
			async run(call) {
				await removeSession(services, call, call.param('session'), notThere)
				return call.c.body(null)
			},
		},
		{
			method: 'get',
			path: `${one}/me`,
			summary: 'Get the account of a session',
			action: 'read',
			response: meSchema,
			mayBeEmpty: true,
			run(call) {
				const { status, me } = named(call, neverStarted).view()
				return status === 'open' ? call.c.json(meOf(me)) : call.c.body(null)
			},
		},
		control('start', 'Start a session', (session) => session.connect()),
		control('stop', 'Stop a session', (session) => session.disconnect()),
		control('logout', 'Remove the login of a session', logout),
		control('restart', 'Restart a session', restart),
	]
}

function refuseApps(apps: unknown[] | null | undefined): void {
	if (apps?.length) throw notSupported('`apps`', 'apps')
}
