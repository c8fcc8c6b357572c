import { open } from 'node:fs/promises'
import { damagedFile } from './damaged-file.ts'
import { decodeLine, type Cipher } from './record-line.ts'

/** Where a line stands in a file, in bytes, its newline included. */
export type Span = { offset: number; length: number }

/** A file of checksummed lines that are read one by one. */
export type RecordFile = {
	path: string
	/** The text of a line. @throws DamagedError when it is not as it was written */
	read(span: Span): Promise<string>
	/** Reads lines that lie near each other with one trip to the disk, for a reader that goes on in the file. */
	ahead(): (span: Span) => Promise<string>
	close(): Promise<void>
}

const NEWLINE = 10
const READ_CHUNK = 256 * 1024

const AHEAD_BYTES = 64 * 1024

/** Opens a file to read single lines of it. */
export async function openRecordFile(path: string, cipher?: Cipher): Promise<RecordFile> {
	const file = await open(path, 'r')
	return { path, ...readersOf(file, path, cipher), close: () => file.close() }
}

type Readable = Pick<Awaited<ReturnType<typeof open>>, 'read'>

export const readersOf = (file: Readable, path: string, cipher?: Cipher) => ({
	read: (span: Span) => readLine(file, path, span, cipher),
	ahead: () => readingAhead(file, path, cipher),
})

/** @throws DamagedError */
export async function readLine(
	file: Readable,
	path: string,
	span: Span,
	cipher?: Cipher,
): Promise<string> {
	return textOf(await bytesAt(file, span), path, span, cipher)
}

async function bytesAt(file: Readable, { offset, length }: Span): Promise<Buffer> {
	const bytes = Buffer.allocUnsafe(length)
	const { bytesRead } = await file.read(bytes, 0, length, offset)
	return bytes.subarray(0, bytesRead)
}

/** @throws DamagedError */
function textOf(line: Buffer, path: string, { offset, length }: Span, cipher?: Cipher): string {
	const isEnded = line.length === length && line.at(-1) === NEWLINE
	const text = isEnded ? decodeLine(line.subarray(0, -1), cipher) : undefined
	if (text === undefined) throw damagedFile(path, `byte ${offset} or one soon after is garbled`)
	return text
}

function readingAhead(file: Readable, path: string, cipher?: Cipher) {
	let block: Span & { bytes: Promise<Buffer> } = { offset: 0, length: 0, bytes: bytesOfNothing }
	return async (span: Span): Promise<string> => {
		const { offset, length } = span
		const isIn = offset >= block.offset && offset + length <= block.offset + block.length
		if (!isIn) {
			const next = { offset, length: Math.max(length, AHEAD_BYTES) }
			block = { ...next, bytes: bytesAt(file, next) }
		}
		const start = offset - block.offset
		const line = (await block.bytes).subarray(start, start + length)
		// It was written after the block was read.
		return line.length < length
			? readLine(file, path, span, cipher)
			: textOf(line, path, span, cipher)
	}
}

const bytesOfNothing = Promise.resolve(Buffer.alloc(0))

/** A line as a scan finds it; `text` is undefined if it is cut or garbled. */
export type Scanned = Span & { text: string | undefined }

/** Reads lines one after the other. Bytes after the last newline are a cut line. @param to where to stop, in bytes */
export async function* scan(
	path: string,
	{ from = 0, to = Infinity, cipher }: { from?: number; to?: number; cipher?: Cipher | undefined },
): AsyncGenerator<Scanned> {
	const file = await open(path, 'r')
	try {
		let rest: Buffer = Buffer.alloc(0)
		let offset = from
		for await (const chunk of chunksOf(file, from, to)) {
			rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
			let start = 0
			for (let at = rest.indexOf(NEWLINE); at >= 0; at = rest.indexOf(NEWLINE, start)) {
				yield { text: decodeLine(rest.subarray(start, at), cipher), offset, length: at + 1 - start }
				offset += at + 1 - start
				start = at + 1
			}
			rest = rest.subarray(start)
		}
		if (rest.length) yield { text: undefined, offset, length: rest.length }
	} finally {
		await file.close()
	}
}

/** The bytes of a part of a file, in chunks. */
export async function* chunksOf(file: Readable, from: number, to: number): AsyncGenerator<Buffer> {
	for (let position = from; position < to;) {
		const chunk = Buffer.allocUnsafe(Math.min(READ_CHUNK, to - position))
		const { bytesRead } = await file.read(chunk, 0, chunk.length, position)
		if (bytesRead === 0) return
		position += bytesRead
		yield chunk.subarray(0, bytesRead)
	}
}
