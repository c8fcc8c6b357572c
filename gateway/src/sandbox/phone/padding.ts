import { randomInt } from 'node:crypto'

/** Messages end in 1 to 16 bytes, each of which is their number. */
export function pad(message: Uint8Array): Buffer {
	const length = randomInt(1, 17)
	return Buffer.concat([message, Buffer.alloc(length, length)])
}

/** @throws when the padding is not a padding: the plaintext is not a message */
export function unpad(padded: Uint8Array): Uint8Array {
	const length = padded.at(-1) ?? 0
	if (length === 0 || length > padded.length) throw new Error(`padding of ${length} bytes`)
	return padded.subarray(0, -length)
}
