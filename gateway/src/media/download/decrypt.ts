import { createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import { fileCorrupt } from './corrupt.ts'
import type { EncryptedKind } from './encrypted-file.ts'
import { isSameSecret } from '../../lib/same-secret.ts'

const KEY_BYTES = 32
const MAC_BYTES = 10
const NOTHING = Buffer.alloc(0)

const purposes: Record<EncryptedKind, string> = {
	image: 'WhatsApp Image Keys',
	video: 'WhatsApp Video Keys',
	audio: 'WhatsApp Audio Keys',
	document: 'WhatsApp Document Keys',
}

/**
 * Decrypts a file as WhatsApp encrypts it: AES-256-CBC, and ten bytes of a MAC at the end.
 * @throws GatewayError media_corrupt at its end, so trust none of it before
 */
export async function* decryptFile(
	sealed: AsyncIterable<Uint8Array>,
	mediaKey: Uint8Array,
	kind: EncryptedKind,
): AsyncGenerator<Buffer> {
	if (mediaKey.length !== KEY_BYTES) throw fileCorrupt('its key is not one of 32 bytes')
	const { iv, cipherKey, macKey } = keysOf(mediaKey, kind)
	const decipher = createDecipheriv('aes-256-cbc', cipherKey, iv)
	const mac = createHmac('sha256', macKey).update(iv)
	let held: Uint8Array = NOTHING
	for await (const chunk of sealed) {
		const known = held.length ? Buffer.concat([held, chunk]) : chunk
		const end = Math.max(0, known.length - MAC_BYTES)
		held = known.subarray(end)
		mac.update(known.subarray(0, end))
		yield decipher.update(known.subarray(0, end))
	}
	const expected = mac.digest().subarray(0, MAC_BYTES)
	if (!isSameSecret(held, expected))
		throw fileCorrupt('its key is another one, or it was changed on its way')
	try {
		yield decipher.final()
	} catch (cause) {
		throw fileCorrupt('it does not end as an encrypted file does', cause)
	}
}

function keysOf(mediaKey: Uint8Array, kind: EncryptedKind) {
	const expanded = Buffer.from(hkdfSync('sha256', mediaKey, NOTHING, purposes[kind], 112))
	return {
		iv: expanded.subarray(0, 16),
		cipherKey: expanded.subarray(16, 48),
		macKey: expanded.subarray(48, 80),
	}
}
