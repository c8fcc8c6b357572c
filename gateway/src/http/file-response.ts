import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import type { FileDescription, OpenedFile } from '../session/media/message-files.ts'

/** The bytes themselves, or JSON with the bytes in base64. */
export type FileFormat = 'binary' | 'json'

type SentFile = Omit<OpenedFile, 'sha256'>

/** A response with a file, which is disposed of once it is sent or the client goes away. */
export function fileResponse(file: OpenedFile, format: FileFormat): Response {
	if (format === 'json') {
		const { mimetype, filename, size, sha256 } = file
		return base64FileResponse(file, (data) => ({ data, mimetype, filename, size, sha256 }))
	}
	return bytesResponse(file)
}

/** A response with the bytes of a file. */
export const bytesResponse = (file: SentFile, status = 200): Response =>
	streamResponse(createReadStream(file.path), file, headersOf(file, 'binary'), file.size, status)

/**
 * A response with JSON that contains a file in base64. It is streamed: a file may be larger than memory allows.
 * @param wrap makes the JSON value around the base64 text
 */
export function base64FileResponse(
	file: SentFile,
	wrap: (data: string) => object,
	status = 200,
): Response {
	const [before, after] = JSON.stringify(wrap(PLACEHOLDER)).split(PLACEHOLDER) as [string, string]
	const length = Buffer.byteLength(before + after) + Math.ceil(file.size / 3) * 4
	const headers = headersOf(file, 'json')
	return streamResponse(base64Of(file, before, after), file, headers, length, status)
}

/** The response to HEAD: what a message says about its file, without downloading it. */
export function fileHeadResponse(description: FileDescription, format: FileFormat): Response {
	const { size } = description
	const hasLength = size !== undefined && format === 'binary'
	const headers = headersOf(description, format)
	return new Response(null, {
		headers: { ...headers, ...(hasLength && { 'content-length': String(size) }) },
	})
}

function streamResponse(
	body: Readable,
	file: SentFile,
	headers: Record<string, string>,
	length: number,
	status = 200,
): Response {
	body.once('close', () => void file.dispose())
	return new Response(Readable.toWeb(body) as ReadableStream, {
		status,
		headers: { ...headers, 'content-length': String(length) },
	})
}

function headersOf(
	{ mimetype, filename }: Omit<FileDescription, 'size'>,
	format: FileFormat,
): Record<string, string> {
	if (format === 'json') return { 'content-type': 'application/json' }
	return {
		'content-type': mimetype,
		// The sender chose the content: it could be a page with scripts.
		'content-disposition': contentDisposition(filename),
		'content-security-policy': "default-src 'none'; sandbox",
	}
}

// RFC 6266 and RFC 8187: the plain name is for old clients and has ASCII only.
function contentDisposition(filename: string): string {
	const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_')
	// Encoding to bytes turns half a surrogate pair, which a URL cannot hold, into U+FFFD.
	const encoded = encodeURIComponent(Buffer.from(filename).toString()).replaceAll(
		/['()*]/g,
		(letter) => `%${letter.charCodeAt(0).toString(16)}`,
	)
	return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}

// Random, so that it occurs nowhere else in the JSON.
const PLACEHOLDER = randomUUID()

function base64Of(file: SentFile, before: string, after: string): Readable {
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
