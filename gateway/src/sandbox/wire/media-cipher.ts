import { createCipheriv, createDecipheriv, createHmac, type Hash } from 'node:crypto'
import { hkdf, openGcm, sealGcm } from './ciphers.ts'

/** The kind of a file, which its keys are derived for. */
export type MediaKind = 'Image' | 'Video' | 'Audio' | 'Document' | 'App State' | 'History'

type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

const MAC_BYTES = 10
const NOTHING = Buffer.alloc(0)

/** The ciphertext of a file, as it lies on a media host: AES-256-CBC, and ten bytes of a MAC. */
export async function* sealMedia(plain: Bytes, mediaKey: Uint8Array, kind: MediaKind) {
	const { iv, cipherKey, mac } = keysOf(mediaKey, kind)
	const cipher = createCipheriv('aes-256-cbc', cipherKey, iv)
	for await (const chunk of plain) {
		const sealed = cipher.update(chunk)
		mac.update(sealed)
		yield sealed
	}
	const last = cipher.final()
	yield Buffer.concat([last, mac.update(last).digest().subarray(0, MAC_BYTES)])
}

/** The file again. @throws at its end when its MAC is not the one of these keys */
export async function* openMedia(sealed: Bytes, mediaKey: Uint8Array, kind: MediaKind) {
	const { iv, cipherKey, mac } = keysOf(mediaKey, kind)
	const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
	let held: Uint8Array = NOTHING
	for await (const chunk of sealed) {
		const known = held.length ? Buffer.concat([held, chunk]) : chunk
		const end = Math.max(0, known.length - MAC_BYTES)
		held = known.subarray(end)
		mac.update(known.subarray(0, end))
		yield decipher.update(known.subarray(0, end))
	}
	if (!mac.digest().subarray(0, MAC_BYTES).equals(held)) throw new Error('the MAC is wrong')
	yield decipher.final()
}

/** Lets bytes through, and through a hash. */
export async function* hashing(bytes: Bytes, hash: Hash) {
	for await (const chunk of bytes) {
		hash.update(chunk)
		yield chunk
	}
}

function keysOf(mediaKey: Uint8Array, kind: MediaKind) {
	const expanded = hkdf(mediaKey, NOTHING, `WhatsApp ${kind} Keys`, 112)
	const iv = expanded.subarray(0, 16)
	const mac = createHmac('sha256', expanded.subarray(48, 80)).update(iv)
	return { iv, cipherKey: expanded.subarray(16, 48), mac }
}

const retryKey = (mediaKey: Uint8Array) =>
	hkdf(mediaKey, NOTHING, 'WhatsApp Media Retry Notification', 32)

/** The notification about a lost file, between a device and its phone. */
export const sealRetry = (mediaKey: Uint8Array, id: string, iv: Uint8Array, plain: Uint8Array) =>
	sealGcm(retryKey(mediaKey), iv, plain, Buffer.from(id))

/** @throws when it is about another message, or another file */
export const openRetry = (mediaKey: Uint8Array, id: string, iv: Uint8Array, sealed: Uint8Array) =>
	openGcm(retryKey(mediaKey), iv, sealed, Buffer.from(id))
