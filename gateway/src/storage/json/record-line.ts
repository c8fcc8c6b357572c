import { crc32 } from 'node:zlib'

const CRC_DIGITS = 8

/** Encrypts text before it is written, and decrypts it after it was read. */
export type Cipher = { encrypt(text: string): string; decrypt(text: string): string }

/** Marks the first line of a write, and every other one. */
const BEGINS = '+'
const CONTINUES = ' '

/**
 * A line of a file: its CRC-32, a mark, the text, a newline. The text holds no newline. The mark says whether a write
 * begins here: after a power cut any part of the last write may be missing, but nothing of an earlier one.
 */
export function encodeLine(text: string, cipher?: Cipher, beginsWrite = false): Buffer {
	const written = (beginsWrite ? BEGINS : CONTINUES) + (cipher ? cipher.encrypt(text) : text)
	return Buffer.from(`${checksum(written)}${written}\n`)
}

/** @returns undefined when the line (without its newline) is cut or garbled */
export function decodeLine(line: Buffer, cipher?: Cipher): string | undefined {
	if (!isWhole(line)) return undefined
	const text = line.toString('utf8', CRC_DIGITS + 1)
	return cipher ? cipher.decrypt(text) : text
}

function isWhole(line: Buffer): boolean {
	if (line.length <= CRC_DIGITS) return false
	return line.toString('latin1', 0, CRC_DIGITS) === checksum(line.subarray(CRC_DIGITS))
}

const checksum = (body: Buffer | string) => crc32(body).toString(16).padStart(CRC_DIGITS, '0')

/**
 * Whether a write begins in bytes that do not read as lines. A crash leaves parts of the last write; a write after it
 * means that something which was durable has been changed.
 */
export function holdsWriteBeginning(bytes: Buffer): boolean {
	const text = bytes.toString('latin1')
	for (const { index } of text.matchAll(/[0-9a-f]{8}\+/g)) {
		const end = bytes.indexOf(10, index)
		if (end >= 0 && isWhole(bytes.subarray(index, end))) return true
	}
	return false
}
