import {
	calculateAgreement,
	calculateSignature,
	generateKeyPair as generate,
	verifySignature,
} from 'whatsapp-rust-bridge'

/** A Curve25519 key pair; both halves are 32 bytes, as WhatsApp's stanzas carry them. */
export type KeyPair = { public: Uint8Array; private: Uint8Array }

/** Signal marks public keys with their type, 05, wherever they are signed or stored. */
export const withType = (key: Uint8Array) =>
	key.length === 33 ? key : Buffer.concat([Buffer.of(5), key])
export const withoutType = (key: Uint8Array) => (key.length === 33 ? key.subarray(1) : key)

export function generateKeyPair(): KeyPair {
	const { pubKey, privKey } = generate()
	return { public: withoutType(pubKey), private: privKey }
}

export const agree = (own: KeyPair, theirs: Uint8Array) =>
	Buffer.from(calculateAgreement(withType(theirs), own.private))

/** XEdDSA, the signature scheme of Signal and of WhatsApp's certificates. */
export const sign = (own: KeyPair, message: Uint8Array) =>
	Buffer.from(calculateSignature(own.private, message))

export function isSignedBy(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
	try {
		return verifySignature(withType(key), message, signature)
	} catch {
		return false // the library throws on signatures of the wrong size
	}
}
