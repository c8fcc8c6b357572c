import type { SessionStatus } from '../../events/types/session-status.ts'
import { PasskeyFailure } from '../passkey/failure.ts'
import { QrExpiredError } from './qr-rotation.ts'
import { troubleOf, type Route } from './trouble.ts'

/**
 * What follows when a connection closes: `restart` at once, `retry` with growing delays, or `stop` until a request to
 * connect.
 */
export type Closing = {
	then: 'restart' | 'retry' | 'stop'
	status: SessionStatus
	reason: string
	/** What the operator can do. */
	advice?: string
	/** The shortest delay before a retry, in milliseconds. */
	notBefore?: number
	/** The device is no longer linked: its credentials are of no use. */
	unlinked?: boolean
}

/** The reason of a session that was closed because its state could not be saved; also the code of that error. */
export const STORAGE_FAILED = 'storage_failed' as const

/** The reason of a session whose version of WhatsApp Web is refused. */
export const OUTDATED = 'client_outdated'

/** The reason of a session that another process has connected. */
export const ELSEWHERE = 'connected_elsewhere'

const transient: Closing = { then: 'retry', status: 'connecting', reason: 'connection_lost' }
/** Of a connection of which no more is known. */
const ENDED = 'The connection to WhatsApp ended. The gateway connects again by itself.'
const blocked: Closing = {
	then: 'stop',
	status: 'blocked',
	reason: 'account_blocked',
	advice: 'WhatsApp locked or banned this account. Check WhatsApp on the phone.',
}

// Codes as Baileys' DisconnectReason and whatsmeow's connection events know them. What is missing here
// is a network trouble and heals by retrying. Nothing but 401 ever costs a session its credentials.
const table: Record<number, Closing> = {
	401: {
		then: 'stop',
		status: 'logged_out',
		reason: 'logged_out',
		advice: 'The device was unlinked. Scan a new QR to link it again.',
		unlinked: true,
	},
	402: {
		then: 'stop',
		status: 'blocked',
		reason: 'account_restricted',
		advice:
			'WhatsApp restricted this account for some time. Reconnecting too early makes it last longer.',
	},
	403: blocked,
	405: {
		then: 'retry',
		status: 'outdated',
		reason: OUTDATED,
		// What follows depends on whether there is a newer version: see lifecycle.ts.
	},
	406: blocked,
	411: {
		then: 'stop',
		status: 'closed',
		reason: 'phone_app_outdated',
		advice: 'Update WhatsApp on the phone and link again.',
	},
	440: {
		then: 'stop',
		status: 'replaced',
		reason: ELSEWHERE,
		advice: 'Another process uses this session. Stop it, then connect this one.',
	},
	515: { then: 'restart', status: 'connecting', reason: 'restart_required' },
}

const FULL_LIST =
	'WhatsApp allows four linked devices for a number: if the phone links no more, remove one under Linked devices.'

/** WhatsApp refuses a device that was just linked. The number was never connected, so that nothing was unlinked. */
export const linkRefused: Closing = {
	then: 'stop',
	status: 'created',
	reason: 'link_refused',
	advice: `WhatsApp refused the new device. ${FULL_LIST} Then link it anew.`,
	unlinked: true,
}

/** A server unlinks a device that it does not know: a session is never brought to another WhatsApp than it was linked at. */
export function otherWhatsApp(id: string, isSimulated: boolean): Closing & { code: number } {
	const advice = isSimulated
		? `Session ${id} is linked at WhatsApp, and this gateway has a simulated one, which would unlink it. Start the gateway without SANDBOX, or with another DATA_DIR.`
		: `Session ${id} is linked at a simulated WhatsApp. Start the gateway with SANDBOX, or delete the session and link it anew.`
	return { then: 'stop', status: 'closed', reason: 'other_whatsapp', code: 409, advice }
}

const qrExpired: Closing = {
	then: 'stop',
	status: 'created',
	reason: 'qr_expired',
	advice: `The QR was not scanned in time. Request a new one. ${FULL_LIST}`,
}

/** What follows from the error with which Baileys ended a socket, and its code. @param route the way that it took */
export function closingOf(error: unknown, route: Route): Closing & { code: number } {
	const code = statusCodeOf(error)
	if (error instanceof QrExpiredError) return { ...qrExpired, code }
	if (error instanceof PasskeyFailure) return { ...passkeyFailed(error), code }
	return { ...(table[code] ?? lostBy(error, route)), code }
}

function lostBy(error: unknown, route: Route): Closing {
	return { ...transient, advice: troubleOf(error, route) ?? ENDED }
}

/** Nothing is repeated by itself: WhatsApp limits how often a number may be linked. */
const passkeyFailed = ({ reason, message }: PasskeyFailure): Closing => ({
	then: 'stop',
	status: 'created',
	reason,
	advice: message,
})

function statusCodeOf(error: unknown): number {
	const output = (error as { output?: { statusCode?: unknown } } | undefined)?.output
	return typeof output?.statusCode === 'number' ? output.statusCode : 428
}
