import {
	generateIdentityKeyPair,
	generateRegistrationId,
	generateSignedPreKey,
} from 'whatsapp-rust-bridge'
import { encrypt, startSession, type OwnKeys } from './operations.ts'

const EVERY_MS = 30_000
const LIMIT_MS = 5_000

const newKeys = (): OwnKeys => {
	const identity = generateIdentityKeyPair()
	return {
		identity,
		registrationId: generateRegistrationId(),
		signedPreKey: generateSignedPreKey(identity, 1),
	}
}

/**
 * Encrypts a test message now and then. If that hangs, every Signal operation of the process hangs, and only a restart
 * helps.
 * @returns the function that stops it
 */
export function watchSignal(hangs: () => void): () => void {
	const [own, other] = [newKeys(), newKeys()]
	const bundle = {
		registrationId: other.registrationId,
		identityKey: other.identity.pubKey,
		signedPreKey: {
			keyId: 1,
			publicKey: other.signedPreKey.keyPair.pubKey,
			signature: other.signedPreKey.signature,
		},
	}
	const timer = setInterval(() => {
		const alarm = setTimeout(hangs, LIMIT_MS)
		startSession(own, 'nobody.0', bundle)
			.then((session) => encrypt(own, 'nobody.0', session, Buffer.from('still there?')))
			.finally(() => clearTimeout(alarm))
			.catch(hangs)
	}, EVERY_MS).unref()
	return () => clearInterval(timer)
}
