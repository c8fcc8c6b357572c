import type { SessionStatus } from '../../../events/types/session-status.ts'

export const wahaStatuses = [
	'STOPPED',
	'STARTING',
	'SCAN_QR_CODE',
	'PASSKEY_REQUIRED',
	'PASSKEY_CONFIRMATION_REQUIRED',
	'WORKING',
	'FAILED',
] as const

export type WahaStatus = (typeof wahaStatuses)[number]

const statuses: Record<SessionStatus, WahaStatus> = {
	created: 'STOPPED',
	linking: 'SCAN_QR_CODE',
	passkey: 'PASSKEY_REQUIRED',
	connecting: 'STARTING',
	open: 'WORKING',
	closed: 'STOPPED',
	logged_out: 'FAILED',
	replaced: 'FAILED',
	blocked: 'FAILED',
	outdated: 'FAILED',
	corrupt: 'FAILED',
}

/** WAHA's name of the status of a session. */
export const wahaStatusOf = (status: SessionStatus): WahaStatus => statuses[status]
