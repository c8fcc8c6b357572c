import protobuf from 'protobufjs/minimal.js'

const { Reader } = protobuf

/** The fields of a protobuf message, each with all its values. */
function fieldsOf(message: Uint8Array) {
	const reader = Reader.create(message)
	const values = new Map<number, (Uint8Array | number)[]>()
	while (reader.pos < reader.len) {
		const key = reader.uint32()
		const [number, wireType] = [key >>> 3, key & 7]
		const value = wireType === 2 ? reader.bytes() : wireType === 0 ? reader.uint32() : undefined
		if (value === undefined) reader.skipType(wireType)
		else values.set(number, [...(values.get(number) ?? []), value])
	}
	return {
		bytes: (number: number) => (values.get(number) ?? []) as Uint8Array[],
		/** Zero is not written. */
		number: (number: number) => (values.get(number)?.[0] ?? 0) as number,
	}
}

const MAC_BYTES = 8
const SIGNATURE_BYTES = 64

const place = (chain: string, index: number) => `${chain}/${index}`
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

/** Where the chain of a ratchet must be after this ciphertext was made, or read. */
export function stepOf(type: string, body: Uint8Array): string {
	if (type === 'pkmsg') return stepOf('msg', fieldsOf(body.subarray(1)).bytes(4)[0]!)
	const trailer = type === 'skmsg' ? SIGNATURE_BYTES : MAC_BYTES
	const fields = fieldsOf(body.subarray(1, -trailer))
	const chain = type === 'skmsg' ? String(fields.number(1)) : hex(fields.bytes(1)[0])
	return place(chain, fields.number(2) + 1)
}

/** Where the chains of a session's record are: that it sends with, and those that it reads with. */
export function chainsOf(record: Uint8Array): { sends: string[]; reads: string[] } {
	const session = fieldsOf(fieldsOf(record).bytes(1)[0]!)
	const at = (chain: Uint8Array) => {
		const fields = fieldsOf(chain)
		return place(hex(fields.bytes(1)[0]), fieldsOf(fields.bytes(3)[0]!).number(1))
	}
	return { sends: session.bytes(6).map(at), reads: session.bytes(7).map(at) }
}

/** Where the chains of a sender key's record are. */
export function senderChainsOf(record: Uint8Array): string[] {
	return fieldsOf(record)
		.bytes(1)
		.map((state) => {
			const fields = fieldsOf(state)
			return place(String(fields.number(1)), fieldsOf(fields.bytes(2)[0]!).number(1))
		})
}
