import { z } from '@hono/zod-openapi'
import { Upload, type MediaSource } from '../../../messages/media-source.ts'
import { nameFor } from '../../../session/media/message-files.ts'
import { optionalText } from './fields.ts'

/** Base64, or a data URI; a large one is in a temporary file already. */
const data = z.union([z.string(), z.instanceof(Upload)], 'must be a text').openapi({
	type: 'string',
	description: 'Base64, or a data URI',
})

export const fileShape = {
	mimetype: optionalText.meta({ description: 'Guessed if left out' }),
	filename: optionalText,
	url: z
		.union([z.string(), z.instanceof(Upload)], 'must be a text')
		.nullish()
		.openapi({ type: 'string' }),
	data: data.nullish(),
}

/** A file: where it is, or its bytes. */
export const fileField = z
	.object(fileShape)
	.refine(({ url, data }) => Boolean(url) || Boolean(data), 'must have url or data')
	.openapi('WahaFile')

export type WahaFile = Partial<z.output<typeof fileField>>

/** A file in the form that fields of our messages take. */
export function sourceOf({ url, data, mimetype, filename }: WahaFile) {
	const given = data || url
	if (given instanceof Upload) return given.as(mimetype ?? given.mimetype, filename)
	return data ? { data, ...(mimetype && { mimetype }) } : { url }
}

/** The same where no message type reads it. */
export function mediaSourceOf(file: WahaFile): Exclude<MediaSource, { kind: 'reference' }> {
	const source = sourceOf(file)
	if (source instanceof Upload) return source
	if ('data' in source)
		return { kind: 'data', data: source.data as string, mimetype: source.mimetype }
	return { kind: 'url', url: source.url as string }
}

/** The name of a file, made of its type where it has none; undefined if its URL has it. */
export function fileNameOf({ filename, data, mimetype }: WahaFile): string | undefined {
	if (filename || !data) return filename
	return nameFor(undefined, 'file', mimetype ?? 'application/octet-stream')
}
