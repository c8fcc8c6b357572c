import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { mimetypeFrom, nameFor, type OpenedFile } from '../../session/media/message-files.ts'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { fileHeadResponse, fileResponse, type FileFormat } from '../file-response.ts'
import {
	binaryContent,
	fileSchema,
	jsonBody,
	problems,
	rejectInvalid,
	sessionParam,
} from '../openapi/schemas.ts'

const format = z.enum(['binary', 'json']).optional().meta({
	description: 'The bytes, or JSON with the bytes in base64; else `Accept` decides',
})

const file = {
	200: {
		description: 'The file, after both of its hashes were checked',
		content: { ...binaryContent, 'application/json': { schema: fileSchema } },
	},
	...problems,
}

const show = createRoute({
	method: 'get',
	path: '/sessions/{session}/media/{message_id}',
	summary: 'Download the file of a message',
	description:
		'Files of received and sent messages, for as long as messages are kept. If WhatsApp no longer has the file, the gateway asks the phone for it, which takes up to 30 seconds. HEAD returns the facts in the message without downloading.',
	request: {
		params: sessionParam.extend({ message_id: z.string() }),
		query: z.object({ format }),
	},
	responses: file,
})

const base64 = z.base64().min(1)
const hash = base64.length(44)

const byMessage = z.object({ message_id: z.string().min(1) })

const byReference = z.object({
	direct_path: z.string().min(1),
	media_key: hash,
	file_sha256: hash,
	file_enc_sha256: hash,
	media_type: z
		.enum(['image', 'video', 'audio', 'document', 'sticker'])
		.meta({ description: 'It decides the keys of the file' }),
	mimetype: z.string().optional(),
	filename: z.string().optional(),
	url: z.string().optional(),
	file_length: z.number().optional(),
})

const download = createRoute({
	method: 'post',
	path: '/sessions/{session}/media/download',
	summary: 'Download a file by its message or its reference',
	request: {
		params: sessionParam,
		query: z.object({ format }),
		body: jsonBody(z.union([byMessage, byReference])),
	},
	responses: file,
})

/** `/sessions/{session}/media`: what others have sent. */
export function mediaRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(show, async (c) => {
		const { session, message_id: id } = c.req.valid('param')
		const { files } = sessions.get(session)
		const form = c.req.valid('query').format ?? accepted(c) ?? 'binary'
		return (
			c.req.method === 'HEAD'
				? fileHeadResponse(await files.describeFile(id), form)
				: fileResponse(await files.open(id), form)
		) as never
	})
	app.openapi(download, async (c) => {
		const session = sessions.get(c.req.valid('param').session)
		const wanted = c.req.valid('json')
		const form = c.req.valid('query').format ?? accepted(c) ?? 'json'
		const opened =
			'message_id' in wanted
				? await session.files.open(wanted.message_id)
				: await openReference(session, wanted)
		return fileResponse(opened, form) as never
	})
	return app
}

async function openReference(
	{ files }: Session,
	reference: z.output<typeof byReference>,
): Promise<OpenedFile> {
	const { media_type: type, url, direct_path: directPath } = reference
	const bytes = (text: string) => Buffer.from(text, 'base64')
	const mimetype = mimetypeFrom(reference.mimetype)
	const opened = await files.openEncrypted({
		kind: type === 'sticker' ? 'image' : type,
		url,
		directPath,
		mediaKey: bytes(reference.media_key),
		fileSha256: bytes(reference.file_sha256),
		fileEncSha256: bytes(reference.file_enc_sha256),
	})
	return { ...opened, mimetype, filename: nameFor(reference.filename, type, mimetype) }
}

/** What the caller would rather have; undefined if anything will do. */
function accepted(c: Context): FileFormat | undefined {
	const accept = c.req.header('accept') ?? '*/*'
	if (/^\s*application\/json\b/i.test(accept)) return 'json'
	return /\*\/\*/.test(accept) ? undefined : 'binary'
}
