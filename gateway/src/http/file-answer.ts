import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { FileDescription, OpenedFile } from '../core/files.ts'

/** The bytes themselves, or JSON with the bytes in base64. */
export type FileFormat = 'binary' | 'json'

/** Answers with a file, and removes it when it is sent or nobody wants it any longer. */
export function answerFile(file: OpenedFile, format: FileFormat): Response {
	const body = format === 'json' ? jsonOf(file) : createReadStream(file.path)
	body.once('close', () => void file.dispose())
	const length = format === 'json' ? jsonLength(file) : file.size
	const headers = { ...headersOf(file, format), 'content-length': String(length) }
	return new Response(Readable.toWeb(body) as ReadableStream, { headers })
}

/** Answers a HEAD with what the message says of its file, which is not fetched for that. */
export function answerDescription(description: FileDescription, format: FileFormat): Response {
	const { size } = description
	const known = size !== undefined && format === 'binary'
	const headers = headersOf(description, format)
	return new Response(null, {
		headers: { ...headers, ...(known && { 'content-length': String(size) }) },
	})
}

function headersOf({ mimetype, filename }: Omit<FileDescription, 'size'>, format: FileFormat) {
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

const BEFORE = '{"data":"'

function after({ mimetype, filename, size, sha256 }: OpenedFile): string {
	return `",${JSON.stringify({ mimetype, filename, size, sha256 }).slice(1)}`
}

function jsonLength(file: OpenedFile): number {
	return BEFORE.length + Math.ceil(file.size / 3) * 4 + Buffer.byteLength(after(file))
}

/** Piece by piece: base64 of a large file must not be in memory. */
function jsonOf(file: OpenedFile): Readable {
	return Readable.from(
		(async function* () {
			yield BEFORE
			let rest: Buffer = Buffer.alloc(0)
			for await (const chunk of createReadStream(file.path) as AsyncIterable<Buffer>) {
				const bytes = Buffer.concat([rest, chunk])
				const whole = bytes.length - (bytes.length % 3)
				yield bytes.toString('base64', 0, whole)
				rest = bytes.subarray(whole)
			}
			yield rest.toString('base64') + after(file)
		})(),
		{ objectMode: false },
	)
}
