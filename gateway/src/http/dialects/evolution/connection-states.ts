import type { LastDisconnect, SessionStatus } from '../../../events/types/session-status.ts'

export type ConnectionState = 'open' | 'connecting' | 'close'

const states: Record<SessionStatus, ConnectionState> = {
	open: 'open',
	connecting: 'connecting',
	linking: 'connecting',
	passkey: 'connecting',
	created: 'close',
	closed: 'close',
	logged_out: 'close',
	replaced: 'close',
	blocked: 'close',
	outdated: 'close',
	corrupt: 'close',
}

/** The state of an instance, in the words of Evolution. */
export const connectionState = (status: SessionStatus): ConnectionState => states[status]

/** WhatsApp's codes for what ends a connection, where none is known. */
const reasons: Partial<Record<SessionStatus, number>> = {
	logged_out: 401,
	blocked: 403,
	outdated: 405,
	replaced: 440,
}
const CLOSED = 428

/** The code beside a state: 200 unless it is closed. */
export function statusReason(status: SessionStatus, last: LastDisconnect | null): number {
	return states[status] === 'close' ? (last?.code ?? reasons[status] ?? CLOSED) : 200
}
