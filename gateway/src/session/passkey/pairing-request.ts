import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { Curve, proto } from '@whiskeysockets/baileys'

const IV_BYTES = 12
const INFO = 'Pairing Information Encryption Key'

export type PairingParts = {
	/** Of the companion's ephemeral pair. */
	privateKey: Uint8Array
	/** Of the phone's. */
	publicKey: Uint8Array
	deviceType: number
	ref: string
	request: proto.IPairingRequest
}

/** What the phone needs to link the device, for the phone only. @returns an encoded EncryptedPairingRequest */
export function encryptPairingRequest(parts: PairingParts, iv = randomBytes(IV_BYTES)): Uint8Array {
	const key = encryptionKeyOf(parts)
	const cipher = createCipheriv('aes-256-gcm', key, iv)
	const plain = proto.PairingRequest.encode(parts.request).finish()
	const encryptedPayload = Buffer.concat([
		cipher.update(plain),
		cipher.final(),
		cipher.getAuthTag(),
	])
	return proto.EncryptedPairingRequest.encode({ encryptedPayload, iv }).finish()
}

function encryptionKeyOf({ privateKey, publicKey, deviceType, ref }: PairingParts): Buffer {
	const shared = Curve.sharedKey(privateKey, publicKey)
	const salt = `Companion Pairing ${deviceType} with ref ${ref}`
	return Buffer.from(hkdfSync('sha256', shared, salt, INFO, 32))
}
