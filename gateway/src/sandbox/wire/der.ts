const encodedLength = (length: number): Buffer => {
	if (length < 0x80) return Buffer.of(length)
	const digits = length.toString(16)
	const bytes = Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex')
	return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes])
}

/** A DER value (X.690): its tag, its length, and its parts one after another. */
export function der(tag: number, ...parts: Uint8Array[]): Buffer {
	const content = Buffer.concat(parts)
	return Buffer.concat([Buffer.of(tag), encodedLength(content.length), content])
}

export const sequence = (...parts: Uint8Array[]) => der(0x30, ...parts)
export const set = (...parts: Uint8Array[]) => der(0x31, ...parts)
export const octets = (...parts: Uint8Array[]) => der(0x04, ...parts)
/** @param unused how many bits at the end of the last byte do not count */
export const bits = (bytes: Uint8Array, unused = 0) => der(0x03, Buffer.of(unused), bytes)
/** A value that a structure knows by its number, and that holds others. */
export const tagged = (number: number, ...parts: Uint8Array[]) => der(0xa0 | number, ...parts)
/** The same for a value that holds bytes alone. */
export const taggedBytes = (number: number, bytes: Uint8Array) => der(0x80 | number, bytes)
export const utf8 = (text: string) => der(0x0c, Buffer.from(text))
export const utcTime = (text: string) => der(0x17, Buffer.from(text))
export const TRUE = der(0x01, Buffer.of(0xff))

/** An integer that is not negative: its first bit must say so, and no zero may lead in vain. */
export function integer(bytes: Uint8Array): Buffer {
	const significant = bytes.subarray(bytes.findIndex((byte) => byte !== 0))
	const sign = (significant[0] ?? 0) & 0x80 ? Buffer.of(0) : Buffer.alloc(0)
	return der(0x02, sign, significant)
}

/** An object identifier in its usual spelling; no part of ours is longer than three bytes. */
export function oid(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
	const base128 = (value: number): number[] =>
		value < 0x80 ? [value] : [...base128(value >> 7).map((byte) => byte | 0x80), value & 0x7f]
	return der(0x06, Buffer.from([40 * first + second, ...rest.flatMap(base128)]))
}
