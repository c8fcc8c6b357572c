import { randomUUID } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { Upload } from '../../messages/media-source.ts'
import { malformedJson } from '../errors/malformed-json.ts'
import { createUploads, type UploadOptions, type Uploads } from '../uploads/index.ts'
import { beginBase64File, type Base64File } from './base64-file.ts'
import { MAX_JSON_BYTES } from './size.ts'
import { createStructure } from './structure.ts'
import { createTokenizer } from './tokenizer.ts'

/** A JSON body. In place of long base64 it has an `Upload`, whose file is there until `dispose`. */
export type JsonBody = {
	/** Undefined for an empty body. */
	value: unknown
	dispose(): Promise<void>
}

/** A string from this length on is a file if it is base64. */
const LONG_STRING = 64 * 1024

/**
 * Reads JSON as it arrives. Files in base64 are decoded to disk on the way; only the rest is in memory, and its size,
 * depth and number of values are limited.
 * @throws GatewayError invalid_json, payload_too_large, media_too_large or media_unreadable
 */
export async function streamJson(
	body: AsyncIterable<Uint8Array>,
	options: UploadOptions,
): Promise<JsonBody> {
	const uploads = createUploads(options)
	try {
		const { text, files } = await withoutFiles(body, uploads)
		return { value: text === '' ? undefined : parse(text, files), dispose: uploads.dispose }
	} catch (error) {
		await uploads.dispose()
		throw error
	}
}

function parse(text: string, files: Map<unknown, Upload>): unknown {
	try {
		return JSON.parse(text, (_, value: unknown) => files.get(value) ?? value)
	} catch (cause) {
		throw malformedJson(cause)
	}
}

/** The text of a body with a mark in place of each file, and the files by their marks. */
async function withoutFiles(body: AsyncIterable<Uint8Array>, uploads: Uploads) {
	const kept = createKeeper()
	const structure = createStructure()
	const files = new Map<unknown, Upload>()
	let start = ''
	let file: Base64File | undefined
	let isText = false

	function begin() {
		file = beginBase64File(start, fieldAt(structure.path()), uploads)
		isText = !file
		if (isText) kept.add(`"${start}`)
		start = ''
	}

	function end() {
		if (file) {
			// A caller cannot guess it, so that no string of a body stands for a file.
			const mark = randomUUID()
			files.set(mark, file.end())
			kept.add(`"${mark}"`)
		} else kept.add(isText ? '"' : `"${start}"`)
		start = ''
		file = undefined
		isText = false
	}

	const push = createTokenizer({
		between(text) {
			structure.between(text)
			kept.add(text)
		},
		string(piece, isEnd) {
			structure.string(piece, isEnd)
			if (file) file.write(piece)
			else if (isText) kept.add(piece)
			else if ((start += piece).length > LONG_STRING) begin()
			if (isEnd) end()
		},
	})

	for await (const chunk of body) {
		// One character per byte: a chunk may end within a letter.
		push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).toString('latin1'))
		await uploads.flush()
	}
	await uploads.flush()
	return { text: kept.text(), files }
}

/** The field that a file belongs to: `image` for `image.data`. */
const fieldAt = (path: string) => path.replace(/\.(data|url)$/, '')

/** Keeps text of one character per byte, up to a limit. */
function createKeeper() {
	const pieces: string[] = []
	let length = 0
	return {
		add(piece: string) {
			length += piece.length
			if (length > MAX_JSON_BYTES) throw tooMuchText()
			pieces.push(piece)
		},
		text: () => new TextDecoder().decode(Buffer.from(pieces.join(''), 'latin1')),
	}
}

function tooMuchText(): GatewayError {
	const advice = `A JSON body may have at most ${MAX_JSON_BYTES} bytes besides files in base64.`
	return new GatewayError('payload_too_large', advice)
}
