/** The length-delimited fields of a protobuf message: just enough to look into Signal's own. */
export function bytesField(message: Uint8Array, wanted: number): Buffer | undefined {
	const bytes = Buffer.from(message)
	let at = 0
	const varint = () => {
		let value = 0
		for (let shift = 0; ; shift += 7) {
			const byte = bytes.readUInt8(at++)
			value += (byte & 0x7f) * 2 ** shift
			if (byte < 0x80) return value
		}
	}
	while (at < bytes.length) {
		const key = varint()
		if ((key & 7) === 0) varint()
		else if ((key & 7) === 2) {
			const length = varint()
			if (key >> 3 === wanted) return bytes.subarray(at, at + length)
			at += length
		} else throw new Error(`unexpected protobuf wire type ${key & 7}`)
	}
	return undefined
}
