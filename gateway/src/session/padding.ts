/** Messages end in 1 to 16 bytes, each of which is their number. @throws Error if they do not */
export function unpad(padded: Uint8Array): Uint8Array {
	const length = padded.at(-1) ?? 0
	if (length === 0 || length > padded.length) throw new Error(`padding of ${length} bytes`)
	return padded.subarray(0, -length)
}
