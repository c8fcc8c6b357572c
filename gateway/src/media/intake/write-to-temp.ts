import { createWriteStream } from 'node:fs'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { overLimit, mediaUnreadable } from '../errors.ts'
import type { Scratch } from '../temp-files.ts'

/** A file that has come in. */
export type TempFile = {
	path: string
	filename: string | undefined
	/** What its sender says it is. */
	declared: string | undefined
}

/** Where it goes, and what a refusal is to say. */
export type WriteTarget = { scratch: Scratch; maxBytes: number; field: string }

/** Streams bytes to a temporary file, up to the limit. */
export async function writeAll(
	source: Readable | AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
	{ scratch, maxBytes, field }: WriteTarget,
	decoders: Transform[] = [],
): Promise<string> {
	const path = await scratch.create()
	let length = 0
	const counted = async function* (chunks: AsyncIterable<Uint8Array>) {
		for await (const chunk of chunks) {
			length += chunk.length
			if (length > maxBytes) throw overLimit(field, maxBytes)
			yield chunk
		}
	}
	await pipeline([source, ...decoders, counted, createWriteStream(path)] as never)
	if (length === 0) throw mediaUnreadable(field, 'is empty.')
	return path
}
