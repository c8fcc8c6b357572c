import { z } from '@hono/zod-openapi'

/** Where the bytes of a message come from. */
export type MediaSource =
	| ({ kind: 'reference' } & Reference)
	| { kind: 'data'; data: string; mimetype?: string | undefined }
	| { kind: 'url'; url: string }
	| { kind: 'path'; path: string }
	| Upload

/** What a file shall be on WhatsApp. */
export type MediaRole =
	'image' | 'video' | 'gif' | 'video-note' | 'audio' | 'voice' | 'document' | 'sticker'

type Reference = z.output<typeof reference>

/** A part of a multipart body, in a temporary file. */
export class Upload {
	readonly kind = 'upload'
	readonly path: string
	readonly sha256: string
	/** Bytes. */
	readonly size: number
	readonly filename: string | undefined
	readonly mimetype: string | undefined

	constructor(
		path: string,
		{
			sha256,
			size,
			filename,
			mimetype,
		}: {
			sha256: string
			size: number
			filename?: string | undefined
			mimetype?: string | undefined
		},
	) {
		this.path = path
		this.sha256 = sha256
		this.size = size
		this.filename = filename
		this.mimetype = mimetype
	}

	/** The same file with another type or name. */
	as(mimetype: string | undefined, filename = this.filename): Upload {
		const { sha256, size } = this
		return new Upload(this.path, { sha256, size, mimetype, filename })
	}

	/** What makes two uploads the same, wherever they are kept. */
	toJSON() {
		const { sha256, filename, mimetype } = this
		return { sha256, filename, mimetype }
	}
}

/** A part of a multipart body, or base64 that was decoded while it came. */
const part = z
	.instanceof(Upload)
	.openapi({ type: 'string', format: 'binary', description: 'A part of multipart/form-data' })

/** A text that may hold a file in base64: what is long is in a temporary file already, and comes as an `Upload`. */
export function textOrFile(text: z.ZodString) {
	return z
		.union([text, part], { error: 'must be a text' })
		.openapi({ ...(text.meta() as object), type: 'string' })
}

const base64 = z.string().min(1)

/** What people see of a file before they have it. */
const shownAs = {
	width: z.number().int().positive().optional(),
	height: z.number().int().positive().optional(),
	seconds: z.number().int().positive().optional(),
	thumbnail: base64.optional().meta({ description: 'JPEG, base64' }),
	waveform: base64.optional(),
	animated: z.boolean().optional(),
}

const reference = z.object({
	url: z.string(),
	direct_path: z.string().min(1),
	media_key: base64,
	file_sha256: base64,
	file_enc_sha256: base64,
	file_length: z.number().int().min(0),
	mimetype: z.string().min(1),
	...shownAs,
	// Part of the answer to an upload; nothing depends on them.
	media_type: z.string().optional(),
	filename: z.string().optional(),
})

const data = z.object({
	data: textOrFile(z.string().min(1).meta({ description: 'Base64, or a data URI' })),
	mimetype: z
		.string()
		.min(1)
		.optional()
		.meta({ examples: ['image/jpeg'] }),
})

const url = z.object({
	url: textOrFile(
		z
			.string()
			.regex(/^(https?:\/\/|data:)/, 'must begin with https://, http:// or data:')
			.meta({ examples: ['https://example.com/image.jpg'] }),
	),
})

const path = z.object({
	path: z.string().min(1).meta({ description: 'A file below MEDIA_DIR' }),
})

const short = z
	.string()
	// Without an end to it the text would count as a file for what is checked after it.
	.regex(/^(https?:\/\/.|data:.|\/.)/, { abort: true })
	.meta({ description: 'A URL, a data URI or a path' })

const forms = [
	'an object with `url`',
	'with `data` (base64) and `mimetype`',
	'with `path`',
	'with all fields of an upload',
	'or a URL or data URI as text',
].join(', ')

// The order decides: what names a media key was uploaded before, whatever else it names.
const anyForm = z.union([part, reference, data, url, path, short], { error: `must be ${forms}` })

const source = anyForm.transform(sourceOf)

/** A field that names a file. */
export function media(words: { title: string; description: string; example: string }) {
	const { example, ...rest } = words
	return source.meta({ ...rest, examples: [{ url: example }] })
}

function uploadedBefore({
	media_type: _,
	filename: __,
	...file
}: z.output<typeof reference>): MediaSource {
	return { kind: 'reference', ...file }
}

function sourceOf(given: z.output<typeof anyForm>): MediaSource {
	if (given instanceof Upload) return given
	if (typeof given === 'string') {
		return given.startsWith('/') ? { kind: 'path', path: given } : addressed(given)
	}
	if ('media_key' in given) return uploadedBefore(given)
	if ('data' in given) return encoded(given)
	if ('url' in given) return addressed(given.url)
	return { kind: 'path', path: given.path }
}

function encoded({ data: given, mimetype }: z.output<typeof data>): MediaSource {
	if (given instanceof Upload) return given.as(mimetype ?? given.mimetype)
	return { kind: 'data', data: given, mimetype }
}

function addressed(url: string | Upload): MediaSource {
	if (url instanceof Upload) return url
	return url.startsWith('data:') ? { kind: 'data', data: url } : { kind: 'url', url }
}
