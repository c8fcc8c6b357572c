import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { deviceOf } from '../../session/actions/device.ts'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { SessionStatus } from '../../events/types/session-status.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { json, problems, rejectInvalid, sessionParam } from '../openapi/schemas.ts'

const statusSchema = z
	.object({
		status: z.enum(['disconnected', 'connecting', 'waiting_for_qr', 'logged_in']),
		is_logged_in: z.boolean().meta({ description: 'Whether it can send' }),
		phone_number: z.string().nullable(),
		push_name: z.string().nullable().meta({ description: 'Name of the account' }),
	})
	.openapi('ConnectionStatus')

const deviceSchema = z
	.object({
		device_id: z.number().int(),
		phone_number: z.string().nullable(),
		lid: z.string().nullable(),
		push_name: z.string().nullable(),
	})
	.openapi('Device')

const status = createRoute({
	method: 'get',
	path: '/sessions/{session}/status',
	summary: 'Get the connection of a session, in the form of WA-RS',
	request: { params: sessionParam },
	responses: { 200: { description: 'In the words of WA-RS', ...json(statusSchema) }, ...problems },
})

const device = createRoute({
	method: 'get',
	path: '/sessions/{session}/device',
	summary: 'Get the device number of a session',
	request: { params: sessionParam },
	responses: { 200: { description: 'The device', ...json(deviceSchema) }, ...problems },
})

/** WA-RS' names; every other state is `disconnected`. */
const words: Partial<Record<SessionStatus, z.output<typeof statusSchema>['status']>> = {
	open: 'logged_in',
	linking: 'waiting_for_qr',
	connecting: 'connecting',
}

/** `GET /sessions/{session}/status` and `…/device`. */
export function accountRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(status, (c) => {
		const session = sessions.get(c.req.valid('param').session)
		const { status } = session.view()
		const shown = { status: words[status] ?? 'disconnected', is_logged_in: status === 'open' }
		return c.json({ ...shown, ...accountOf(session) }, 200)
	})
	app.openapi(device, async (c) => {
		const session = sessions.get(c.req.valid('param').session)
		const device_id = await session.withSocket(deviceOf)
		const lid = session.view().me?.lid ?? null
		return c.json({ device_id, ...accountOf(session), lid }, 200)
	})
	return app
}

function accountOf(session: Session) {
	const { me } = session.view()
	return { phone_number: me?.phone ?? null, push_name: me?.name ?? null }
}
