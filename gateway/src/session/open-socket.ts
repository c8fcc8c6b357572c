import type { WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import type { Lifecycle } from './lifecycle.ts'

// Long enough for WhatsApp to answer, short enough for a person who looks at a spinner.
const OPEN_WAIT_MS = 10_000

/**
 * Waits up to 10 s for a connection that is being made.
 * @param isLinked whether the session belongs to an account: decides the advice
 * @throws GatewayError session_not_open
 */
export async function socketOnceOpen(
	id: string,
	lifecycle: Lifecycle,
	isLinked: () => boolean,
): Promise<WASocket> {
	const { state } = lifecycle
	if (state.status === 'connecting') {
		await lifecycle.until(() => state.status !== 'connecting', OPEN_WAIT_MS)
	}
	if (state.status === 'open' && lifecycle.socket) return lifecycle.socket
	throw notOpen(id, lifecycle, isLinked())
}

function notOpen(id: string, { state: { status, lastDisconnect } }: Lifecycle, isLinked: boolean) {
	const reason = lastDisconnect?.advice ? ` ${lastDisconnect.advice}` : ''
	const next = isLinked
		? status === 'connecting'
			? 'It is being connected: try again in some seconds.'
			: `Connect it: POST /api/v1/sessions/${id}/connect`
		: `Scan its QR with WhatsApp on the phone (Linked devices): GET /api/v1/sessions/${id}/qr?format=png`
	const detail = `Session ${id} is ${status}.${reason} ${next}`
	return new GatewayError('session_not_open', detail, { retryAfter: 5 })
}
