import type { SessionStatus } from '../../../events/types/session-status.ts'

export const stateNames = ['STOPPED', 'STARTING', 'SCAN_QR_CODE', 'WORKING', 'FAILED'] as const

/** Their names of our states. A session that is being linked starts until it has a QR to show. */
export const states: Record<SessionStatus, (typeof stateNames)[number]> = {
	created: 'STOPPED',
	linking: 'STARTING',
	connecting: 'STARTING',
	open: 'WORKING',
	closed: 'STOPPED',
	logged_out: 'FAILED',
	replaced: 'FAILED',
	blocked: 'FAILED',
	outdated: 'FAILED',
	corrupt: 'FAILED',
}
