import type { Context } from 'hono'
import { keyOf } from '../api-keys/caller.ts'
import { Upload } from '../../messages/media-source.ts'
import { bytesOf } from '../raw-body.ts'
import { createUploads, type UploadOptions, type Uploads } from '../uploads/index.ts'
import { malformedForm, tooMuch } from './errors.ts'
import type { PartHead } from './head.ts'
import { readParts, type PartSink } from './parts.ts'

/** A multipart body: text fields in their order, and files that stay on disk until `dispose`. */
export type MultipartForm = {
	entries: [name: string, value: string | Upload][]
	dispose(): Promise<void>
}

/** Of all text fields together, names included. */
const MAX_TEXT_BYTES = 1024 * 1024

/**
 * Reads a multipart request; writes its files to disk and resolves when all of them are there.
 * @throws GatewayError media_too_large with the name of the part, payload_too_large or invalid_request
 */
export function readForm(c: Context, options: UploadOptions): Promise<MultipartForm> {
	const boundary = boundaryOf(c.req.header('content-type') ?? '')
	return options.places.run(keyOf(c), () => readFormNow(bytesOf(c), boundary, options))
}

async function readFormNow(
	body: AsyncIterable<Uint8Array>,
	boundary: string,
	options: UploadOptions,
): Promise<MultipartForm> {
	const uploads = createUploads(options)
	const entries: MultipartForm['entries'] = []
	const takeText = textReader()
	const open = (head: PartHead) => {
		const index = entries.push([head.name, '']) - 1
		const keep = (value: string | Upload) => void (entries[index]![1] = value)
		return head.filename === undefined ? takeText(head, keep) : takeFile(uploads, head, keep)
	}
	try {
		await readParts(body, boundary, { open, flush: uploads.flush })
		return { entries, dispose: uploads.dispose }
	} catch (error) {
		await uploads.dispose()
		throw error
	}
}

function takeFile(
	uploads: Uploads,
	{ name, filename, mimetype }: PartHead,
	keep: (value: Upload) => void,
): PartSink {
	const file = uploads.create(name)
	// Programs send this type when they do not know the real one.
	const known = mimetype === 'application/octet-stream' ? undefined : mimetype
	return {
		write: file.write,
		end: () => keep(file.end({ filename: filename || undefined, mimetype: known })),
	}
}

/** Makes sinks that hold texts in memory, up to a limit for all of them. */
function textReader() {
	let total = 0
	return ({ name }: PartHead, keep: (value: string) => void): PartSink => {
		const chunks: Buffer[] = []
		const count = (length: number) => {
			total += length
			if (total > MAX_TEXT_BYTES) throw tooMuchText(name)
		}
		count(Buffer.byteLength(name))
		return {
			write(bytes) {
				count(bytes.length)
				chunks.push(bytes)
			},
			// A form ends its lines with CRLF, whatever was written into it (WHATWG, "multipart/form-data encoding").
			end: () => keep(Buffer.concat(chunks).toString('utf8').replaceAll('\r\n', '\n')),
		}
	}
}

const tooMuchText = (field: string) =>
	tooMuch(`The text fields of a form may have at most ${MAX_TEXT_BYTES} bytes together`, field)

function boundaryOf(type: string): string {
	const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type)
	if (found) return (found[1] ?? found[2])!
	throw malformedForm('the header `Content-Type: multipart/form-data` must have a `boundary`')
}
