import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { FileDescription, OpenedFile } from '../session/media/message-files.ts'

/** The bytes themselves, or JSON with the bytes in base64. */
export type FileFormat = 'binary' | 'json'

/** Answers with a file, and removes it when it is sent or nobody wants it any longer. */
export function fileResponse(file: OpenedFile, format: FileFormat): Response {
	if (format === 'json') {
		const { mimetype, filename, size, sha256 } = file
		return base64Response(file, (data) => ({ data, mimetype, filename, size, sha256 }))
	}
	return streamed(createReadStream(file.path), file, headersOf(file, format), file.size)
}

/**
 * Answers with JSON that has a file's bytes in base64, piece by piece: they must not be in memory.
 * @param around makes the JSON of what stands for the bytes
 */
export function base64Response(file: OpenedFile, around: (data: string) => object): Response {
	const [before, after] = JSON.stringify(around(BYTES)).split(BYTES) as [string, string]
	const length = Buffer.byteLength(before + after) + Math.ceil(file.size / 3) * 4
	return streamed(base64Of(file, before, after), file, headersOf(file, 'json'), length)
}

function streamed(
	body: Readable,
	file: OpenedFile,
	headers: Record<string, string>,
	length: number,
): Response {
	body.once('close', () => void file.dispose())
	return new Response(Readable.toWeb(body) as ReadableStream, {
		headers: { ...headers, 'content-length': String(length) },
	})
}

/** Answers a HEAD with what the message says of its file, which is not fetched for that. */
export function descriptionResponse(description: FileDescription, format: FileFormat): Response {
	const { size } = description
	const known = size !== undefined && format === 'binary'
	const headers = headersOf(description, format)
	return new Response(null, {
		headers: { ...headers, ...(known && { 'content-length': String(size) }) },
	})
}

function headersOf(
	{ mimetype, filename }: Omit<FileDescription, 'size'>,
	format: FileFormat,
): Record<string, string> {
	if (format === 'json') return { 'content-type': 'application/json' }
	return {
		'content-type': mimetype,
		// Whoever wrote it could have written a page with scripts.
		'content-disposition': attachment(filename),
		'content-security-policy': "default-src 'none'; sandbox",
	}
}

// RFC 6266, RFC 8187: for old clients without what is not ASCII.
function attachment(filename: string): string {
	const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
	// Half a character, which a URL cannot hold, becomes U+FFFD on the way through the bytes.
	const encoded = encodeURIComponent(Buffer.from(filename).toString()).replaceAll(
		/['()*]/g,
		(letter) => `%${letter.charCodeAt(0).toString(16)}`,
	)
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

// In no JSON but where it is put.
const BYTES = randomUUID()

function base64Of(file: OpenedFile, before: string, after: string): Readable {
	return Readable.from(
		(async function* () {
			yield before
			let rest: Buffer = Buffer.alloc(0)
			for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
				const bytes = Buffer.concat([rest, chunk])
				const whole = bytes.length - (bytes.length % 3)
				yield bytes.toString('base64', 0, whole)
				rest = bytes.subarray(whole)
			}
			yield rest.toString('base64') + after
		})(),
		{ objectMode: false },
	)
}
