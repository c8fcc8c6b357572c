import { proto } from '@whiskeysockets/baileys'
import { generateKeyPair, sign, type KeyPair } from './curve.ts'

/** The serial that clients expect of the intermediate certificate's issuer. */
const ROOT_SERIAL = 0
const { Details } = proto.CertChain.NoiseCertificate

/** The server's certificate chain: its static key, certified by an intermediate key. */
export function certify(root: KeyPair, serverStatic: KeyPair): Uint8Array {
	const intermediate = generateKeyPair()
	const issue = (issuer: KeyPair, serial: number, issuerSerial: number, key: Uint8Array) => {
		const details = Details.encode({ serial, issuerSerial, key }).finish()
		return { details, signature: sign(issuer, details) }
	}
	return proto.CertChain.encode({
		intermediate: issue(root, 1, ROOT_SERIAL, intermediate.public),
		leaf: issue(intermediate, 2, 1, serverStatic.public),
	}).finish()
}
