import protobuf from 'protobufjs/minimal.js'

const { Reader } = protobuf

/** The fields of a protobuf message by number: numbers and bytes; of a repeated one, the first. @throws RangeError */
export function fieldsOf(message: Uint8Array): Map<number, Uint8Array | number> {
	const reader = Reader.create(message)
	const fields = new Map<number, Uint8Array | number>()
	while (reader.pos < reader.len) {
		const key = reader.uint32()
		const [number, wireType] = [key >>> 3, key & 7]
		const value =
			wireType === 2 ? reader.bytes() : wireType === 0 ? reader.uint32() : reader.skipType(wireType)
		if (!fields.has(number) && !(value instanceof Reader)) fields.set(number, value)
	}
	return fields
}
