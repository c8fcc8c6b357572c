import { z } from '@hono/zod-openapi'
import qrcode from 'qrcode'
import type { Session } from '../../../session/session.ts'
import { requireManager } from '../../api-keys/caller.ts'
import { newSessionId } from '../../openapi/schemas.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { instance } from './fields.ts'
import { theirs } from './ids.ts'
import { sessionOf } from './session.ts'
import { states, stateNames } from './session-states.ts'

const info = z
	.object({
		instance_id: z.string(),
		name: z.string(),
		status: z.enum(stateNames),
		qr: z.string().nullable().meta({ description: 'A picture, as a data URI, to be scanned' }),
		me: z.object({ id: z.string(), pushName: z.string().nullable() }).nullable(),
	})
	.openapi('WawpSession')

// Who asks for a session is not kept waiting for its QR: they ask again.
const QR_WAIT_MS = 1_000

/** `/session/info` and `/session/create`. */
export function sessions(services: Services): Endpoint[] {
	const show = endpoint({
		method: 'get',
		path: '/session/info',
		summary: 'Show a session, and its QR while it waits for a scan',
		body: z.object(instance),
		answer: info,
		run: async (call) => call.c.json(await shown(sessionOf(services, call))),
	})
	return [
		show,
		{ ...show, method: 'post' },
		endpoint({
			method: 'post',
			path: '/session/create',
			summary: 'Make a session and start to link it',
			body: z.object({
				...instance,
				instance_id: newSessionId.optional().meta({ description: 'Made up if left out' }),
				name: z.string().min(1).max(100).optional(),
			}),
			answer: info,
			async run({ c, caller, body: { instance_id: id, name } }) {
				const { workspace } = caller
				requireManager(caller, workspace)
				return c.json(await shown(await services.sessions.create({ id, name, workspace })))
			},
		}),
	]
}

async function shown(session: Session): Promise<z.output<typeof info>> {
	const qr = await qrOf(session)
	const { id, name, status, me } = session.view()
	return {
		instance_id: id,
		name,
		status: qr ? 'SCAN_QR_CODE' : states[status],
		qr,
		me: me && { id: theirs(me.id), pushName: me.name },
	}
}

async function qrOf(session: Session): Promise<string | null> {
	if (session.view().status !== 'linking') return null
	const found = await session.qr(QR_WAIT_MS).catch(() => undefined)
	return found ? qrcode.toDataURL(found.qr) : null
}
