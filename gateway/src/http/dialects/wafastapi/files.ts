import { z } from '@hono/zod-openapi'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { Upload } from '../../../messages/media-source.ts'
import type { SendResult } from '../../../session/send/send-result.ts'
import { noteHonoursKey } from '../../forward/request-scope.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { sendTranslated } from '../send.ts'
import { sentFiles } from './responses.ts'
import { filesField, formBoolean, recipientFields, recipientOf } from './fields.ts'
import { sessionOf } from './session.ts'

const caption = z.string().optional()

/** How the files of a request are sent. */
type FileType<Body> = {
	/** The field of the request with the files. */
	field: string
	/** Our message type. */
	type: string
	/** The beginning of the media types that it accepts: `image/`. Undefined for any. */
	family?: string
	/** Our further fields of the message with a file. */
	fields(body: Body, file: Upload): Record<string, unknown>
}

/** `POST /whatsapp/send/photo`, `…/video`, `…/audio` and `…/file`: one message per file, in the order of the files. */
export function fileSends(services: Services): Endpoint[] {
	return [
		sender(
			'photo',
			'Send images',
			z.object({
				photos: filesField(10, 'Images'),
				...recipientFields,
				caption,
				viewOnce: formBoolean,
			}),
			{
				field: 'photos',
				type: 'image',
				family: 'image/',
				fields: ({ caption, viewOnce: view_once }) => ({ caption, view_once }),
			},
		),
		sender(
			'video',
			'Send videos',
			z.object({
				videos: filesField(5, 'Videos'),
				...recipientFields,
				caption,
				gif: formBoolean,
				viewOnce: formBoolean,
			}),
			{
				field: 'videos',
				type: 'video',
				family: 'video/',
				fields: ({ caption, gif: gif_playback, viewOnce: view_once }) => ({
					caption,
					gif_playback,
					view_once,
				}),
			},
		),
		sender(
			'audio',
			'Send audio files or voice notes',
			z.object({ audios: filesField(5, 'Audio files'), ...recipientFields, voice: formBoolean }),
			{
				field: 'audios',
				type: 'audio',
				family: 'audio/',
				fields: ({ voice: ptt }) => ({ ptt }),
			},
		),
		sender(
			'file',
			'Send documents',
			z.object({ files: filesField(5, 'Files of any type'), ...recipientFields, caption }),
			{
				field: 'files',
				type: 'document',
				fields: ({ caption }, { filename = 'file' }) => ({ caption, filename }),
			},
		),
	]

	function sender<Body extends z.ZodObject>(
		name: string,
		summary: string,
		body: Body,
		kind: FileType<z.output<Body>>,
	): Endpoint {
		return endpoint({
			method: 'post',
			path: `/whatsapp/send/${name}`,
			summary,
			body,
			response: sentFiles,
			statuses: [200, 202],
			async run(call) {
				const results = await sendEach(services, call, kind)
				const messages = results.map(({ message_id }) => message_id)
				const isDone = results.every(({ status }) => status === 'sent')
				const answer = { success: true, sent: messages.length, messages }
				return call.c.json(answer, isDone ? 200 : 202)
			},
		})
	}
}

async function sendEach<Body>(
	services: Services,
	call: Call<Body>,
	{ field, type, family, fields }: FileType<Body>,
): Promise<SendResult[]> {
	const { to, names } = recipientOf(call.body as Parameters<typeof recipientOf>[0])
	const uploads = (call.body as Record<string, Upload[]>)[field]!
	const unfit = uploads.find(({ mimetype = family ?? '' }) => !mimetype.startsWith(family ?? ''))
	if (unfit) throw wrongMediaType(field, unfit, family!)
	noteHonoursKey()
	const session = sessionOf(services, call)
	const sent: SendResult[] = []
	for (const [part, file] of uploads.entries()) {
		const translation = {
			type,
			fields: { to, [type]: file, ...fields(call.body, file) },
			names: { ...names, [type]: field },
			part,
		}
		sent.push(await sendTranslated(call, session, translation).catch(withSentCount(sent.length)))
	}
	return sent
}

// Repeating the request with the same idempotency key sends only the remaining files.
function withSentCount(count: number) {
	return (error: unknown): never => {
		if (!count || !isGatewayError(error)) throw error
		const text = `${error.message} Files sent before: ${count}.`
		throw new GatewayError(error.code, text, { ...error.facts, cause: error })
	}
}

function wrongMediaType(field: string, { filename, mimetype }: Upload, family: string) {
	const advice = `\`${field}\` accepts ${family}*, but ${filename ?? 'a file'} is ${mimetype}.`
	return new GatewayError('unsupported_media_type', advice, { field })
}
