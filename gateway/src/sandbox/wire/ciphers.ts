import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto'

const TAG_BYTES = 16

/** The key becomes a key object: for a key of bytes Node 24.21 throws and catches an error, 33 µs of every frame. */
export function sealGcm(
	key: Uint8Array,
	iv: Uint8Array,
	plain: Uint8Array,
	aad: Uint8Array = Buffer.alloc(0),
) {
	const cipher = createCipheriv('aes-256-gcm', createSecretKey(key), iv).setAAD(aad)
	return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the key is wrong or the bytes were changed */
export function openGcm(
	key: Uint8Array,
	iv: Uint8Array,
	sealed: Uint8Array,
	aad: Uint8Array = Buffer.alloc(0),
) {
	const decipher = createDecipheriv('aes-256-gcm', createSecretKey(key), iv).setAAD(aad)
	decipher.setAuthTag(sealed.subarray(-TAG_BYTES))
	return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
}

/** AES-256-CTR: the same call encrypts and decrypts. */
export const applyCtr = (key: Uint8Array, iv: Uint8Array, data: Uint8Array) =>
	createCipheriv('aes-256-ctr', key, iv).update(data)

export const hkdf = (secret: Uint8Array, salt: Uint8Array, info: string, length: number) =>
	Buffer.from(hkdfSync('sha256', secret, salt, info, length))
