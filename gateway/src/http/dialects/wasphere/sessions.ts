import { z } from '@hono/zod-openapi'
import type { Session } from '../../../session/session.ts'
import type { SessionView } from '../../../session/session-record.ts'
import { qrCode } from '../../../lib/qr-code.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { mayUse, requireManager } from '../../api-keys/caller.ts'
import { newSessionId } from '../../openapi/schemas.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { unsupportedField } from '../read.ts'
import { API, sessionOf, workspaceOf } from './session.ts'

const info = z
	.object({
		id: z.string(),
		status: z.enum(['connecting', 'qr_ready', 'connected', 'disconnected', 'logged_out', 'failed']),
		qrCode: z.string().optional().meta({ description: 'QR code as an image in a data URI' }),
		qrExpiresAt: z.iso.datetime().optional(),
		phoneNumber: z.string().optional(),
		name: z.string().optional(),
		lastDisconnectReason: z.string().nullable(),
	})
	.openapi('WaSphereSession')

const successResponse = z.object({ success: z.literal(true) })

// A short wait: clients poll for the QR code.
const QR_WAIT_MS = SECOND_MS

/** `…/sessions` and `…/sessions/{sessionId}`. */
export function sessions(services: Services): Endpoint[] {
	const one = `${API}/{sessionId}`
	return [
		{
			method: 'get',
			path: API,
			summary: 'List the sessions of a workspace',
			response: z.array(info),
			async run({ c, caller, param }) {
				const own = services.sessions
					.list()
					.filter((session) => session.view().workspace === param('workspaceId'))
					.filter((session) => mayUse(caller, session))
				return c.json(own.map((session) => shown(session.view())))
			},
		},
		endpoint({
			method: 'post',
			path: API,
			summary: 'Create a session and start linking it',
			body: z.strictObject({
				id: newSessionId,
				proxy: unsupportedField,
				random_delay_min_ms: unsupportedField,
				random_delay_max_ms: unsupportedField,
				auto_read_on_receive: unsupportedField,
				receive_enabled: unsupportedField,
			}),
			response: info,
			async run(call) {
				const { c, caller, body, param } = call
				requireManager(caller, param('workspaceId'))
				const workspace = workspaceOf(call)
				const { id } = body
				return c.json(shown((await services.sessions.create({ id, workspace })).view()))
			},
		}),
		{
			method: 'get',
			path: one,
			summary: 'Get a session, with its QR code while it is being linked',
			response: info,
			async run(call) {
				const session = sessionOf(services, call)
				return call.c.json({ ...shown(session.view()), ...(await qrOf(session)) })
			},
		},
		{
			method: 'delete',
			path: one,
			summary: 'Unlink and delete a session',
			response: successResponse,
			async run(call) {
				const { id } = sessionOf(services, call)
				requireManager(call.caller, call.param('workspaceId'))
				await services.sessions.remove(id)
				return call.c.json({ success: true })
			},
		},
		{
			method: 'post',
			path: `${one}/logout`,
			summary: 'Log a session out: unlink it from its account',
			response: successResponse,
			async run(call) {
				await sessionOf(services, call).logout()
				return call.c.json({ success: true })
			},
		},
	]
}

/** WaSphere's names of our statuses. */
const statuses: Record<SessionView['status'], z.output<typeof info>['status']> = {
	created: 'disconnected',
	linking: 'connecting',
	passkey: 'connecting',
	connecting: 'connecting',
	open: 'connected',
	closed: 'disconnected',
	logged_out: 'logged_out',
	replaced: 'failed',
	blocked: 'failed',
	outdated: 'failed',
	corrupt: 'failed',
}

function shown({ id, status, me, last_disconnect: last }: SessionView) {
	return {
		id,
		status: statuses[status],
		...(me?.phone && { phoneNumber: me.phone }),
		...(me?.name && { name: me.name }),
		lastDisconnectReason: last?.reason ?? null,
	}
}

async function qrOf(session: Session) {
	if (session.view().status !== 'linking') return {}
	const found = await session.qr(QR_WAIT_MS).catch(() => undefined)
	if (!found) return {}
	const picture = await qrCode().toDataURL(found.qr)
	return { status: 'qr_ready', qrCode: picture, qrExpiresAt: found.expires_at }
}
