import { Curve } from '@whiskeysockets/baileys'
import { calculateSignature, verifySignature } from 'whatsapp-rust-bridge'

/**
 * Lets Baileys sign and check signatures (XEdDSA) by libsignal's WASM build. Its own `Curve.verify` (7.0.0-rc14) drops
 * the verdict of the JavaScript library below it, so that it takes every signature for a good one, a forged certificate
 * of WhatsApp's server included; and each signature costs that library some 10 ms, of which a connection needs two.
 * Process-wide; calling it twice does no harm.
 */
export function checkSignatures(): void {
	Curve.sign = (key, message) => Buffer.from(calculateSignature(key, message))
	Curve.verify = isSignedBy
}

function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	try {
		return verifySignature(withType(key), message, signature)
	} catch {
		return false // the library throws on keys and signatures of the wrong size
	}
}

/** Signal marks public keys with their type, 05. */
const withType = (key: Uint8Array): Uint8Array =>
	key.length === 33 ? key : Buffer.concat([Buffer.of(5), key])
