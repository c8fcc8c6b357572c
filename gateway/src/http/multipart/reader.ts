import { GatewayError } from '../../errors.ts'

/** One part of a multipart body. Its content must be read before the next part is requested. */
export type MultipartPart = {
	name: string
	/** Undefined for a text field. */
	filename: string | undefined
	mimetype: string | undefined
	content: AsyncIterable<Uint8Array>
}

/**
 * Reads a `multipart/form-data` body (RFC 7578) as it arrives; holds no more of it in memory than one chunk.
 * @throws GatewayError invalid_request if it is malformed
 */
export async function* readParts(
	body: AsyncIterable<Uint8Array>,
	boundary: string,
): AsyncGenerator<MultipartPart> {
	const reader = createReader(body)
	const delimiter = Buffer.from(`\r\n--${boundary}`)
	await drain(reader.until(delimiter))
	while ((await reader.take(2)) === '\r\n') {
		const head = Buffer.concat(await collect(reader.until(Buffer.from('\r\n\r\n'))))
		const content = reader.until(delimiter)
		yield { ...headOf(head.toString('utf8')), content }
		await drain(content)
	}
}

function createReader(body: AsyncIterable<Uint8Array>) {
	const chunks = body[Symbol.asyncIterator]()
	// The first delimiter has no line end before it.
	let held: Buffer = Buffer.from('\r\n')

	async function more() {
		const { value, done } = await chunks.next()
		if (done) throw malformed('it ends before its last boundary')
		held = held.length ? Buffer.concat([held, value]) : Buffer.from(value)
	}

	return {
		/** The bytes before a delimiter, which is consumed. */
		async *until(delimiter: Buffer): AsyncGenerator<Buffer> {
			for (;;) {
				const at = held.indexOf(delimiter)
				// The end of the held bytes may be the beginning of a delimiter.
				const sure = at >= 0 ? at : Math.max(0, held.length - delimiter.length + 1)
				const before = held.subarray(0, sure)
				held = held.subarray(at >= 0 ? at + delimiter.length : sure)
				if (before.length) yield before
				if (at >= 0) return
				await more()
			}
		},
		async take(length: number): Promise<string> {
			while (held.length < length) await more()
			const taken = held.subarray(0, length).toString('latin1')
			held = held.subarray(length)
			return taken
		},
	}
}

function headOf(head: string) {
	const lines = head.split('\r\n').map((line) => line.split(/:(.*)/s, 2))
	const headers = new Map(lines.map(([name, value]) => [name?.toLowerCase(), value?.trim()]))
	const disposition = headers.get('content-disposition') ?? ''
	const name = parameter(disposition, 'name')
	if (name === undefined) throw malformed('a part has no name')
	return {
		name,
		filename: parameter(disposition, 'filename'),
		mimetype: headers.get('content-type'),
	}
}

// Browsers percent-encode only quotes and line ends in names.
function parameter(disposition: string, name: string): string | undefined {
	const found = new RegExp(`;\\s*${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(disposition)
	return found?.[1]
		?.replace(/\\(.)/g, '$1')
		.replaceAll(/%22/g, '"')
		.replaceAll(/%0D|%0A/gi, ' ')
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = []
	for await (const item of items) all.push(item)
	return all
}

async function drain(items: AsyncIterable<unknown>) {
	for await (const _ of items);
}

function malformed(why: string) {
	const advice = `The multipart body cannot be read: ${why}.`
	return new GatewayError('invalid_request', advice)
}
