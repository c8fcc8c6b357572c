import { DisconnectReason } from '@whiskeysockets/baileys'

const AGAIN = 'Wait some minutes, then begin with a new QR code.'

/** Why linking with a passkey has ended, and what to do. */
export const passkeyFailures = {
	passkey_off:
		'WhatsApp asks for the passkey of this number, and this gateway does not link with passkeys (PASSKEYS=off).',
	passkey_unreadable: `WhatsApp asks for a passkey in a way that this gateway does not understand. Update it, then begin with a new QR code.`,
	passkey_expired:
		'Nobody confirmed with the passkey in time. Begin with a new QR code, and confirm within five minutes.',
	passkey_refused: `WhatsApp refused the passkey: it may be the one of another number. ${AGAIN}`,
	passkey_limited:
		'WhatsApp limits how often this number may be linked. Wait some hours, then begin with a new QR code.',
	passkey_stalled: `WhatsApp took the passkey and did not go on. Keep WhatsApp open on the phone, check that it has fewer than four linked devices and that it was the passkey of this number. ${AGAIN}`,
	passkey_unconfirmed: `Nobody confirmed the code in time. ${AGAIN}`,
	passkey_unfinished: `The phone did not finish linking. Keep WhatsApp open on the phone. ${AGAIN}`,
	passkey_interrupted: `The connection was lost in the middle of linking with a passkey. ${AGAIN}`,
} as const

export type PasskeyFailureReason = keyof typeof passkeyFailures

/** Linking with a passkey has failed; the message says why, and what to do. */
export class PasskeyFailure extends Error {
	override name = 'PasskeyFailure'
	readonly reason: PasskeyFailureReason
	readonly output: { statusCode: number }

	constructor(reason: PasskeyFailureReason, cause?: unknown) {
		super(passkeyFailures[reason], { cause })
		this.reason = reason
		this.output = { statusCode: codes[reason] ?? DisconnectReason.connectionClosed }
	}
}

/** Where a code of WhatsApp, or the one for a time-out, says more than "closed". */
const codes: Partial<Record<PasskeyFailureReason, number>> = {
	passkey_refused: 400,
	passkey_limited: 429,
	passkey_expired: DisconnectReason.timedOut,
	passkey_stalled: DisconnectReason.timedOut,
	passkey_unconfirmed: DisconnectReason.timedOut,
	passkey_unfinished: DisconnectReason.timedOut,
}
