/**
 * JSON of a message as clients give it back, with its bytes in base64: they come in base64, as Node's `Buffer`, or as an
 * object with a number for each byte.
 */
export function withBytes(given: unknown): unknown {
	if (Array.isArray(given)) return given.map(withBytes)
	if (typeof given !== 'object' || given === null) return given
	const bytes = bytesIn(given as Record<string, unknown>)
	if (bytes) return Buffer.from(bytes).toString('base64')
	return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, withBytes(value)]))
}

function bytesIn(given: Record<string, unknown>): Uint8Array | undefined {
	if (given.type === 'Buffer') {
		const { data } = given
		if (typeof data === 'string') return Buffer.from(data, 'base64')
		return isBytes(data) ? Uint8Array.from(data) : undefined
	}
	const values = Object.values(given)
	// The keys of an object that are numbers come first and in order.
	const isList = Object.keys(given).every((name, index) => name === String(index))
	return values.length && isList && isBytes(values) ? Uint8Array.from(values) : undefined
}

const isBytes = (values: unknown): values is number[] =>
	Array.isArray(values) &&
	values.every((value) => Number.isInteger(value) && value >= 0 && value < 256)
