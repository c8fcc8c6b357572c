import { MINUTE_MS } from '../../lib/units.ts'

/** How long the steps of linking with a passkey may take, in milliseconds. */
export type PasskeyTimes = {
	/** From the request to the signature. */
	challengeMs: number
	/** From the request on, the QR code proves that phone and gateway are the ones that spoke to each other. */
	proofMs: number
	/** From the signature to the phone's part. */
	continuationMs: number
	/** For a person to compare the code. */
	confirmationMs: number
	/** From the request to pair to the pairing. */
	pairingMs: number
}

/** Those of WhatsApp's own client. */
export const passkeyTimes: PasskeyTimes = {
	challengeMs: 10 * MINUTE_MS,
	proofMs: 5 * MINUTE_MS,
	continuationMs: 2 * MINUTE_MS,
	confirmationMs: 2 * MINUTE_MS,
	pairingMs: 2 * MINUTE_MS,
}
