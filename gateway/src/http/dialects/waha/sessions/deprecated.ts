import { z } from '@hono/zod-openapi'
import { endpoint, type Call, type Endpoint, type Services } from '../../dialect.ts'
import { unprocessable } from '../errors.ts'
import { optionalText } from '../fields.ts'
import { sessionNamed } from '../session.ts'
import { applyConfig } from './apply-config.ts'
import { configSchema } from './config.ts'
import { refuseRunning } from './control.ts'
import { checkConfig, createSession } from './create.ts'
import { infoSchema, oneInfoOf } from './info.ts'
import { newName } from './name.ts'
import { removeSession } from './remove.ts'

/** `POST /api/sessions/start`, `/stop` and `/logout`, which name the session in the body. */
export function deprecatedSessions(services: Services): Endpoint[] {
	const named = (call: Call, name: string) => sessionNamed(services, call, name)

	async function ready(
		call: Call,
		name: string,
		config: z.output<typeof configSchema> | undefined,
	) {
		const { caller } = call
		if (!services.sessions.find(name)) {
			// Sessions that exist already may have any name.
			const { data, error } = newName.safeParse(name)
			if (error) throw unprocessable(error.issues[0]!.message)
			return createSession(services, caller, { name: data, start: false, config })
		}
		const session = named(call, name)
		refuseRunning(session)
		if (config) {
			await checkConfig(services, config, caller.role === 'admin')
			await applyConfig(services, session, caller, config)
		}
		return session
	}

	return [
		endpoint({
			method: 'post',
			path: '/api/sessions/start',
			summary: 'Create a session, or change it, and start it',
			action: 'control',
			body: z.object({ name: optionalText, config: configSchema.optional() }),
			response: infoSchema,
			statuses: [201],
			async run(call) {
				const { name, config } = call.body
				const session = await ready(call, given(name), config)
				await session.connect()
				return call.c.json(oneInfoOf(session, call.caller), 201)
			},
		}),
		endpoint({
			method: 'post',
			path: '/api/sessions/stop',
			summary: 'Stop a session, and delete it with `logout`',
			action: 'control',
			body: z.object({ name: optionalText, logout: z.boolean().default(false) }),
			response: 'empty',
			statuses: [201],
			async run(call) {
				const name = given(call.body.name)
				if (call.body.logout) await removeSession(services, call, name)
				else await named(call, name).disconnect()
				return call.c.body(null, 201)
			},
		}),
		endpoint({
			method: 'post',
			path: '/api/sessions/logout',
			summary: 'Log a session out and delete it',
			action: 'delete',
			body: z.object({ name: optionalText }),
			response: 'empty',
			statuses: [201],
			async run(call) {
				await removeSession(services, call, given(call.body.name))
				return call.c.body(null, 201)
			},
		}),
	]
}

function given(name: string | undefined): string {
	if (name) return name
	throw unprocessable('Session name is required')
}
