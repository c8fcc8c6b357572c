import { crc32 } from 'node:zlib'

const CRC_DIGITS = 8

/** Encrypts text before it is written, and decrypts it after it was read. */
export type Cipher = { encrypt(text: string): string; decrypt(text: string): string }

/** A line of a journal: its CRC-32, a space, the text, a newline. The text holds no newline. */
export function encodeLine(text: string, cipher?: Cipher): Buffer {
	const written = cipher ? cipher.encrypt(text) : text
	return Buffer.from(`${checksum(written)} ${written}\n`)
}

/** @returns undefined when the line (without its newline) is cut or garbled */
export function decodeLine(line: Buffer, cipher?: Cipher): string | undefined {
	if (line.length <= CRC_DIGITS || line[CRC_DIGITS] !== 0x20) return undefined
	const body = line.subarray(CRC_DIGITS + 1)
	if (line.toString('latin1', 0, CRC_DIGITS) !== checksum(body)) return undefined
	const text = body.toString()
	return cipher ? cipher.decrypt(text) : text
}

const checksum = (body: Buffer | string) => crc32(body).toString(16).padStart(CRC_DIGITS, '0')

/**
 * Whether a whole line hides in bytes that do not read as lines. A crash leaves the start of a line; a
 * whole one behind it means that something which was durable, such as a newline, has been changed.
 */
export function holdsWholeLine(bytes: Buffer): boolean {
	const text = bytes.toString('latin1')
	for (const { index } of text.matchAll(/[0-9a-f]{8} /g)) {
		const end = bytes.indexOf(10, index)
		if (end >= 0 && decodeLine(bytes.subarray(index, end)) !== undefined) return true
	}
	return false
}
