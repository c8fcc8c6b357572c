import type { SessionStatus } from '../../../events/types/session-status.ts'

export const sessionStateNames = [
	'STOPPED',
	'STARTING',
	'SCAN_QR_CODE',
	'WORKING',
	'FAILED',
] as const

/** Wawp's names of our statuses. A session that is being linked is `STARTING` until it has a QR code. */
export const sessionStates: Record<SessionStatus, (typeof sessionStateNames)[number]> = {
	created: 'STOPPED',
	linking: 'STARTING',
	passkey: 'STARTING',
	connecting: 'STARTING',
	open: 'WORKING',
	closed: 'STOPPED',
	logged_out: 'FAILED',
	replaced: 'FAILED',
	blocked: 'FAILED',
	outdated: 'FAILED',
	corrupt: 'FAILED',
}
