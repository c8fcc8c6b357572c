import type { SignalCreds } from '@whiskeysockets/baileys'
import type { OwnKeys } from './operations.ts'

/** Signal writes the type of a public key, 05, in front of it; Baileys' credentials leave it out. */
export const withType = (key: Uint8Array): Uint8Array =>
	key.length === 33 ? key : Buffer.concat([Buffer.of(5), key])

/** Our own keys, as they are in the credentials now: the signed pre-key is changed now and then. */
export function ownKeysOf(creds: SignalCreds): OwnKeys {
	const { signedIdentityKey, registrationId, signedPreKey } = creds
	const pair = (keys: { public: Uint8Array; private: Uint8Array }) => ({
		pubKey: withType(keys.public),
		privKey: keys.private,
	})
	return {
		identity: pair(signedIdentityKey),
		registrationId,
		signedPreKey: {
			keyId: signedPreKey.keyId,
			keyPair: pair(signedPreKey.keyPair),
			signature: signedPreKey.signature,
		},
	}
}
