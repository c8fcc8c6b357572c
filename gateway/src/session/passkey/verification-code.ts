import { createHash } from 'node:crypto'
import { bytesToCrockford } from '@whiskeysockets/baileys'
import type { PrimaryIdentity } from './primary-identity.ts'

/** Eight letters make five bytes. */
const BYTES = 5

/** The code that phone and companion both show. It differs if another program stands between them. */
export function verificationCodeOf(nonce: Uint8Array, primary: PrimaryIdentity): string {
	const mixed = createHash('sha256').update(nonce).update(primary.publicKey).digest()
	const bytes = Buffer.from(primary.nonce.subarray(0, BYTES).map((byte, at) => byte ^ mixed[at]!))
	const letters = bytesToCrockford(bytes)
	return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
