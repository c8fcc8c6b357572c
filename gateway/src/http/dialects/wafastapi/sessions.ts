import { z } from '@hono/zod-openapi'
import type { SessionStatus } from '../../../events/types/session-status.ts'
import { qrCode } from '../../../lib/qr-code.ts'
import { mayUse, requireManager } from '../../api-keys/caller.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { sessionIn } from './session.ts'

const connected = z.boolean()
const successResponse = z.object({ success: z.literal(true), message: z.string() })

/** `/session/…`: WaFastApi's web page uses them with a cookie; here they need an API key. */
export function sessions(services: Services): Endpoint[] {
	const one = '/session/{id}'
	return [
		{
			method: 'get',
			path: '/session/list',
			summary: 'List sessions',
			response: z.object({ sessions: z.array(z.object({ _id: z.string(), status: z.string() })) }),
			run({ c, caller }) {
				const own = services.sessions.list().filter((session) => mayUse(caller, session))
				const views = own.map((session) => session.view())
				return c.json({
					sessions: views.map(({ id: _id, status }) => ({ _id, status: statuses[status] })),
				})
			},
		},
		{
			method: 'post',
			path: '/session/new',
			summary: 'Create a session with a key, and start linking it',
			response: z.object({ success: z.literal(true), sessionId: z.string(), apiKey: z.string() }),
			statuses: [201],
			async run({ c, caller }) {
				const { workspace } = caller
				requireManager(caller, workspace)
				const { id: sessionId } = await services.sessions.create({ workspace })
				const name = `of session ${sessionId}`
				const { key: apiKey } = await services.keys.add({
					name,
					role: 'member',
					sessions: [sessionId],
				})
				return c.json({ success: true, sessionId, apiKey }, 201)
			},
		},
		{
			method: 'get',
			path: `${one}/qr`,
			summary: 'Get the QR code that links a session',
			response: z.object({
				connected,
				qr: z.string().nullable().meta({ description: 'QR code as an image in a data URI' }),
			}),
			async run(call) {
				const session = sessionIn(services, call)
				if (session.view().status === 'open') return call.c.json({ connected: true, qr: null })
				const { qr } = await session.qr()
				return call.c.json({ connected: false, qr: await qrCode().toDataURL(qr) })
			},
		},
		endpoint({
			method: 'post',
			path: `${one}/pairCode`,
			summary: 'Get a pairing code, which links a session without a QR code',
			body: z.object({ number: z.string().min(1) }),
			response: z.object({ connected, pairCode: z.string().nullable() }),
			async run(call) {
				const session = sessionIn(services, call)
				const { status } = session.view()
				if (status === 'open') return call.c.json({ connected: true, pairCode: null })
				const names = { phone_number: 'number' }
				const { code } = await withForeignFieldNames(names, () => session.pair(call.body.number))
				return call.c.json({ connected: false, pairCode: code })
			},
		}),
		{
			method: 'get',
			path: `${one}/status`,
			summary: 'Check whether a session is connected',
			response: z.object({ connected }),
			run: (call) => call.c.json({ connected: sessionIn(services, call).view().status === 'open' }),
		},
		{
			method: 'post',
			path: `${one}/logout`,
			summary: 'Log a session out: unlink it from its account',
			response: successResponse,
			async run(call) {
				await sessionIn(services, call).logout()
				return call.c.json({ success: true, message: 'Session logged out' })
			},
		},
		{
			method: 'post',
			path: `${one}/delete`,
			summary: 'Unlink and delete a session',
			response: successResponse,
			async run(call) {
				const { id, view } = sessionIn(services, call)
				requireManager(call.caller, view().workspace)
				await services.sessions.remove(id)
				return call.c.json({ success: true, message: 'Session deleted' })
			},
		},
	]
}

/** WaFastApi's names of our statuses. */
const statuses: Record<SessionStatus, string> = {
	created: 'CREATED',
	linking: 'QR_READY',
	passkey: 'QR_READY',
	connecting: 'RECONNECTING',
	open: 'CONNECTED',
	closed: 'DISCONNECTED',
	logged_out: 'LOGGED_OUT',
	replaced: 'DISCONNECTED',
	blocked: 'DISCONNECTED',
	outdated: 'DISCONNECTED',
	corrupt: 'DISCONNECTED',
}
