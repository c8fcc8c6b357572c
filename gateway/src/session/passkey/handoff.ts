import { createHmac, hkdfSync } from 'node:crypto'

const INFO = 'shortcake-passkey-handoff-v1'
const NO_SALT = new Uint8Array()

/** A key that follows from the secret of the QR code, which the phone has scanned. @param advSecret base64 */
export const handoffKeyOf = (advSecret: string): Buffer =>
	Buffer.from(hkdfSync('sha256', Buffer.from(advSecret, 'base64'), NO_SALT, INFO, 32))

/** Proves that this gateway, which has shown the QR code, has made the prologue: no code needs to be compared then. */
export const handoffProofOf = (key: Uint8Array, prologue: Uint8Array): Buffer =>
	createHmac('sha256', key).update(prologue).digest()
