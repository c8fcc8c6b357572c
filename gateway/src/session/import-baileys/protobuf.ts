import protobuf from 'protobufjs/minimal.js'

type Value = number | Uint8Array | undefined

/** A protobuf message of these fields; one without a value is left out. */
export function encodeMessage(...fields: [number: number, value: Value][]): Uint8Array {
	const writer = protobuf.Writer.create()
	for (const [number, value] of fields) {
		if (typeof value === 'number') writer.uint32(number << 3).uint32(value)
		else if (value) writer.uint32((number << 3) | 2).bytes(value)
	}
	return writer.finish()
}
