import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { GatewayError } from '../../errors.ts'
import { Upload } from '../../messages/media-source.ts'
import { readParts, type FormPart } from './reader.ts'

export type UploadOptions = {
	/** Where uploads are kept while they are needed. */
	directory: string
	maxFileBytes: number
}

/** A multipart body: texts as they came, and files that are on disk until `dispose`. */
export type Form = {
	entries: [name: string, value: string | Upload][]
	dispose(): Promise<void>
}

const MAX_PARTS = 200
const MAX_TEXT_BYTES = 1024 * 1024

/**
 * Reads a multipart request, its files to disk.
 * @throws GatewayError naming the part that is too large
 */
export async function readForm(
	request: Request,
	{ directory, maxFileBytes }: UploadOptions,
): Promise<Form> {
	const entries: Form['entries'] = []
	const paths: string[] = []
	const dispose = async () => {
		await Promise.all(paths.map((path) => rm(path, { force: true })))
	}
	try {
		for await (const part of readParts(bytesOf(request), boundaryOf(request))) {
			if (entries.length === MAX_PARTS) throw tooMany()
			entries.push([part.name, await (part.filename === undefined ? text(part) : file(part))])
		}
		return { entries, dispose }
	} catch (error) {
		await dispose()
		throw error
	}

	async function file({ name, filename, mimetype, content }: FormPart): Promise<Upload> {
		const path = join(directory, `upload-${randomUUID()}`)
		paths.push(path)
		await mkdir(directory, { recursive: true, mode: 0o700 })
		const hash = createHash('sha256')
		const hashed = async function* () {
			for await (const chunk of limited(content, maxFileBytes, name)) {
				hash.update(chunk)
				yield chunk
			}
		}
		await pipeline(hashed, createWriteStream(path, { mode: 0o600 }))
		// What programs say that do not know.
		const known = mimetype === 'application/octet-stream' ? undefined : mimetype
		const sha256 = hash.digest('hex')
		return new Upload(path, { sha256, filename: filename || undefined, mimetype: known })
	}
}

async function text({ name, content }: FormPart): Promise<string> {
	const chunks: Uint8Array[] = []
	for await (const chunk of limited(content, MAX_TEXT_BYTES, name)) chunks.push(chunk)
	return Buffer.concat(chunks).toString('utf8')
}

async function* limited(content: AsyncIterable<Uint8Array>, most: number, field: string) {
	let length = 0
	for await (const chunk of content) {
		length += chunk.length
		if (length > most) {
			const advice = `\`${field}\` may hold ${most} bytes.`
			throw new GatewayError('media_too_large', advice, { field })
		}
		yield chunk
	}
}

function bytesOf({ body }: Request): AsyncIterable<Uint8Array> {
	return (body ?? new Blob([]).stream()) as ReadableStream<Uint8Array>
}

function boundaryOf({ headers }: Request): string {
	const type = headers.get('content-type') ?? ''
	const found = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(type)
	if (found) return (found[1] ?? found[2])!
	throw new GatewayError('invalid_request', 'The multipart Content-Type names no boundary.')
}

function tooMany() {
	return new GatewayError('invalid_request', `A body may have ${MAX_PARTS} parts.`)
}
