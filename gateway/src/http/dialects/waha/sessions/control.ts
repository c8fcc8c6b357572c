import { isUp } from '../../../../events/types/session-status.ts'
import type { Session } from '../../../../session/session.ts'
import { unprocessable } from '../errors.ts'

const isRunning = (session: Session) => isUp(session.view().status)

/** Connects a session anew, or begins to. */
export async function restart(session: Session): Promise<void> {
	await session.disconnect()
	await session.connect()
}

/**
 * Removes the login of a session. One that was running shows a QR code then.
 * @throws GatewayError session_not_open if WhatsApp cannot be told
 */
export async function logout(session: Session): Promise<void> {
	const wasRunning = isRunning(session)
	if (session.view().me) {
		// WhatsApp is told by the device itself.
		if (!wasRunning) await session.connect()
		await session.logout()
	}
	if (wasRunning) await session.connect()
	else await session.disconnect()
}

/** Refuses to start what runs: the endpoint of old clients does so. */
export function refuseRunning(session: Session): void {
	if (!isRunning(session)) return
	throw unprocessable(`Session '${session.id}' is already started.`)
}
