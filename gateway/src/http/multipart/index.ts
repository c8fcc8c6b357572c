import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { GatewayError } from '../../errors.ts'
import { Upload } from '../../messages/media-source.ts'
import { readParts, type MultipartPart } from './reader.ts'

export type UploadOptions = {
	/** Where uploads are stored while a request needs them. */
	directory: string
	maxFileBytes: number
}

/** A multipart body: text fields in their order, and files that stay on disk until `dispose`. */
export type MultipartForm = {
	entries: [name: string, value: string | Upload][]
	dispose(): Promise<void>
}

const MAX_PARTS = 200
const MAX_TEXT_BYTES = 1024 * 1024

/**
 * Reads a multipart request; writes its files to disk and resolves when all of them are there.
 * @throws GatewayError media_too_large with the name of the part, or invalid_request
 */
export async function readForm(
	request: Request,
	{ directory, maxFileBytes }: UploadOptions,
): Promise<MultipartForm> {
	const entries: MultipartForm['entries'] = []
	const paths: string[] = []
	const dispose = async () => {
		await Promise.all(paths.map((path) => rm(path, { force: true })))
	}
	try {
		for await (const part of readParts(bytesOf(request), boundaryOf(request))) {
			if (entries.length === MAX_PARTS) throw tooManyParts()
			entries.push([
				part.name,
				await (part.filename === undefined ? readText(part) : saveFile(part)),
			])
		}
		return { entries, dispose }
	} catch (error) {
		await dispose()
		throw error
	}

	async function saveFile({ name, filename, mimetype, content }: MultipartPart): Promise<Upload> {
		const path = join(directory, `upload-${randomUUID()}`)
		paths.push(path)
		await mkdir(directory, { recursive: true, mode: 0o700 })
		const hash = createHash('sha256')
		const hashed = async function* () {
			for await (const chunk of limitBytes(content, maxFileBytes, name)) {
				hash.update(chunk)
				yield chunk
			}
		}
		await pipeline(hashed, createWriteStream(path, { mode: 0o600 }))
		// Programs send this type when they do not know the real one.
		const known = mimetype === 'application/octet-stream' ? undefined : mimetype
		const sha256 = hash.digest('hex')
		return new Upload(path, { sha256, filename: filename || undefined, mimetype: known })
	}
}

async function readText({ name, content }: MultipartPart): Promise<string> {
	const chunks: Uint8Array[] = []
	for await (const chunk of limitBytes(content, MAX_TEXT_BYTES, name)) chunks.push(chunk)
	return Buffer.concat(chunks).toString('utf8')
}

async function* limitBytes(content: AsyncIterable<Uint8Array>, most: number, field: string) {
	let length = 0
	for await (const chunk of content) {
		length += chunk.length
		if (length > most) {
			const advice = `\`${field}\` may have at most ${most} bytes.`
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
	throw new GatewayError(
		'invalid_request',
		'The header `Content-Type: multipart/form-data` must have a `boundary`.',
	)
}

function tooManyParts() {
	return new GatewayError('invalid_request', `A form may have at most ${MAX_PARTS} parts.`)
}
