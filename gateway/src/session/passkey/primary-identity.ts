import { proto } from '@whiskeysockets/baileys'

/** The phone's part of the exchange; both are 32 bytes. */
export type PrimaryIdentity = { publicKey: Uint8Array; nonce: Uint8Array }

const LENGTH = 32

/** @param encoded a PrimaryEphemeralIdentity @throws Error if key or nonce is not of 32 bytes */
export function readPrimaryIdentity(encoded: Uint8Array): PrimaryIdentity {
	const { publicKey, nonce } = proto.PrimaryEphemeralIdentity.decode(encoded)
	if (publicKey?.length !== LENGTH || nonce?.length !== LENGTH)
		throw new Error('a primary identity with a key or nonce of another length')
	return { publicKey, nonce }
}
