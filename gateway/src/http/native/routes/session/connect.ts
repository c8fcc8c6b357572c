import { z } from '@hono/zod-openapi'
import { deviceProps, type DeviceProps } from '../../../../session/device-props.ts'
import type { Session } from '../../../../session/session.ts'
import { requireManager, type Caller } from '../../../api-keys/caller.ts'
import { sessionSchema } from '../../../openapi/schemas.ts'
import { defineRoute } from '../../define-route.ts'

export const connectRoutes = [
	defineRoute({
		method: 'post',
		path: '/connect',
		summary: 'Connect a session',
		description:
			'Connect a linked account to WhatsApp, or begin to link one. A device can be named only before it is linked.',
		body: z.object({ device: deviceProps.optional() }),
		answer: sessionSchema,
		success: 'The session now',
		node: { resource: 'session', name: 'Connect' },
		async run({ session, caller, body }) {
			if (body.device) await setDevice(session, caller, body.device)
			await session.connect()
			return session.view()
		},
	}),
]

/** @throws GatewayError forbidden, session_already_linked */
export async function setDevice(session: Session, caller: Caller, device: DeviceProps) {
	requireManager(caller, session.view().workspace)
	await session.setDevice(device)
}
