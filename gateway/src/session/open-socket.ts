import type { WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import { STORAGE_FAILED } from './connection/close-codes.ts'
import type { Lifecycle } from './lifecycle.ts'
import { sessionEnded } from './open-state.ts'

const BY_ITSELF = 'It is connected again by itself as soon as its state can be saved.'
// Long enough for WhatsApp to answer, short enough for a person who looks at a spinner.
const OPEN_WAIT_MS = 10_000

/**
 * Waits for a connection that is being made, or that has gone a moment ago and may come back.
 * @param isLinked whether the session belongs to an account: decides the advice
 * @param mostMs how long to wait; 10 s at the most
 * @throws GatewayError session_not_open, storage_failed
 */
export async function socketOnceOpen(
	id: string,
	lifecycle: Lifecycle,
	isLinked: () => boolean,
	mostMs = OPEN_WAIT_MS,
): Promise<WASocket> {
	const { state } = lifecycle
	if (lifecycle.isChanging) {
		const waitMs = Math.min(mostMs, OPEN_WAIT_MS)
		await lifecycle.until(() => !lifecycle.isChanging, waitMs)
	}
	if (state.status === 'open' && lifecycle.socket) return lifecycle.socket
	throw lifecycle.isStopped ? sessionEnded(id) : notOpen(id, lifecycle, isLinked())
}

function notOpen(id: string, { state, isChanging }: Lifecycle, isLinked: boolean) {
	const { lastDisconnect } = state
	const status = isChanging ? 'connecting' : state.status
	const reason = lastDisconnect?.advice ? ` ${lastDisconnect.advice}` : ''
	if (status === 'closed' && lastDisconnect?.reason === STORAGE_FAILED)
		return new GatewayError(STORAGE_FAILED, `Session ${id} is closed.${reason} ${BY_ITSELF}`, {
			retryAfter: 5,
		})
	const next =
		status === 'passkey'
			? `Confirm with the passkey: GET /api/v1/sessions/${id}/passkey`
			: isLinked
				? status === 'connecting'
					? 'It is being connected: try again in some seconds.'
					: `Connect it: POST /api/v1/sessions/${id}/connect`
				: `Scan its QR with WhatsApp on the phone (Linked devices): GET /api/v1/sessions/${id}/qr?format=png`
	const detail = `Session ${id} is ${status}.${reason} ${next}`
	return new GatewayError('session_not_open', detail, { retryAfter: 5 })
}
