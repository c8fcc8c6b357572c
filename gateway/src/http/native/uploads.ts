import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Sessions } from '../../session/sessions.ts'
import { GatewayError } from '../../errors.ts'
import { plainName } from '../../lib/plain-name.ts'
import type { UploadedFile } from '../../messages/uploaded-file.ts'
import { media, textOrFile, Upload, type MediaSource } from '../../messages/media-source.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { readBody } from '../request/body.ts'
import { invalidRequest, json, problems, sessionParam } from '../openapi/schemas.ts'

const roles = [
	...(['image', 'video', 'audio', 'document', 'sticker', 'gif'] as const),
	...(['video-note', 'voice'] as const),
] as const

const source = media({
	title: 'File',
	description: 'The file: a part of a form, or an object with `url`, `data` or `path`',
	example: 'https://example.com/image.jpg',
})

const body = z.object({
	media_type: z.enum(roles).meta({ description: 'Kind of file on WhatsApp' }),
	mimetype: z.string().min(1).optional(),
	filename: z.string().min(1).transform(plainName).optional(),
	file: source.optional(),
	data: textOrFile(
		z.string().meta({ description: 'Instead of `file`: base64, or a data URI' }),
	).optional(),
	url: textOrFile(z.string().meta({ description: 'Instead of `file`' })).optional(),
	path: z.string().optional().meta({ description: 'Instead of `file`: below MEDIA_DIR' }),
})

const uploaded = z
	.object({
		url: z.string(),
		direct_path: z.string(),
		media_key: z.string(),
		file_sha256: z.string(),
		file_enc_sha256: z.string(),
		file_length: z.number().int(),
		media_type: z.enum(roles),
		mimetype: z.string(),
		filename: z.string().optional(),
		width: z.number().optional(),
		height: z.number().optional(),
		seconds: z.number().optional(),
		thumbnail: z.string().optional().meta({ description: 'JPEG, base64' }),
		waveform: z.string().optional().meta({ description: 'base64' }),
		animated: z.boolean().optional(),
	})
	.openapi('UploadedFile')

const upload = createRoute({
	method: 'post',
	path: '/sessions/{session}/media/upload',
	summary: 'Upload a file once, to send it many times',
	description: 'Any message accepts the answer as its file.',
	request: {
		params: sessionParam,
		body: {
			required: true,
			content: { 'application/json': { schema: body }, 'multipart/form-data': { schema: body } },
		},
	},
	responses: { 200: { description: 'How messages refer to it', ...json(uploaded) }, ...problems },
})

/** `POST /sessions/{session}/media/upload`. */
export function uploadRoutes(sessions: Sessions, uploads: UploadOptions) {
	const app = new OpenAPIHono<AppEnv>()
	app.openAPIRegistry.registerPath(upload)
	app.post('/sessions/:session/media/upload', async (c) => {
		const { files } = sessions.get(c.req.param('session'))
		const { input, dispose } = await readBody(c, body, uploads)
		try {
			const { media_type: role } = input
			const file = await files.upload({ field: 'file', role, source: sourceOf(input) })
			return c.json({ ...referenceTo(file, input.filename), media_type: role }, 200)
		} finally {
			await dispose()
		}
	})
	return app
}

type NewSource = Exclude<MediaSource, { kind: 'reference' }>

function sourceOf({ file, mimetype, filename, ...given }: z.output<typeof body>): NewSource {
	if (file instanceof Upload) return file.as(mimetype ?? file.mimetype, filename ?? file.filename)
	if (file?.kind === 'reference') throw uploadedAlready()
	if (file) return file
	const parsed = source.safeParse({ ...given, mimetype })
	if (!parsed.success) throw invalidRequest(parsed.error)
	if (parsed.data.kind === 'reference') throw uploadedAlready()
	return parsed.data
}

function uploadedAlready() {
	const advice = '`file` is on WhatsApp already: a message takes it as it is.'
	return new GatewayError('invalid_request', advice, { field: 'file' })
}

function referenceTo(file: UploadedFile, filename: string | undefined) {
	const text = (bytes: Uint8Array | null | undefined) =>
		bytes?.length ? Buffer.from(bytes).toString('base64') : undefined
	return {
		url: file.url,
		direct_path: file.directPath,
		media_key: text(file.mediaKey),
		file_sha256: text(file.fileSha256),
		file_enc_sha256: text(file.fileEncSha256),
		file_length: Number(file.fileLength),
		mimetype: file.mimetype,
		filename: filename ?? file.fileName ?? undefined,
		width: file.width ?? undefined,
		height: file.height ?? undefined,
		seconds: file.seconds ?? undefined,
		thumbnail: text(file.jpegThumbnail),
		waveform: text(file.waveform),
		animated: file.isAnimated ?? undefined,
	}
}
