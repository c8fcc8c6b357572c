import { z } from '@hono/zod-openapi'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { Upload } from '../../../messages/media-source.ts'
import type { SendResult } from '../../../session/send/send-result.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { sendAs } from '../send.ts'
import { sentFiles } from './answers.ts'
import { files, flag, recipient, recipientOf } from './fields.ts'
import { sessionOf } from './session.ts'

const caption = z.string().optional()

/** What files are sent as. */
type Kind<Body> = {
	/** Their field with the files. */
	field: string
	type: string
	/** What a file's type begins with; undefined for any. */
	family?: string
	/** What is said of each file, in our words. */
	about(body: Body, file: Upload): Record<string, unknown>
}

/** `POST /whatsapp/send/photo`, `…/video`, `…/audio` and `…/file`: one message for each file, in their order. */
export function fileSends(services: Services): Endpoint[] {
	return [
		sender(
			'photo',
			z.object({ photos: files(10, 'Pictures'), ...recipient, caption, viewOnce: flag }),
			{
				field: 'photos',
				type: 'image',
				family: 'image/',
				about: ({ caption, viewOnce: view_once }) => ({ caption, view_once }),
			},
		),
		sender(
			'video',
			z.object({ videos: files(5, 'Videos'), ...recipient, caption, gif: flag, viewOnce: flag }),
			{
				field: 'videos',
				type: 'video',
				family: 'video/',
				about: ({ caption, gif: gif_playback, viewOnce: view_once }) => ({
					caption,
					gif_playback,
					view_once,
				}),
			},
		),
		sender('audio', z.object({ audios: files(5, 'Sound files'), ...recipient, voice: flag }), {
			field: 'audios',
			type: 'audio',
			family: 'audio/',
			about: ({ voice: ptt }) => ({ ptt }),
		}),
		sender('file', z.object({ files: files(5, 'Any files'), ...recipient, caption }), {
			field: 'files',
			type: 'document',
			about: ({ caption }, { filename = 'file' }) => ({ caption, filename }),
		}),
	]

	function sender<Body extends z.ZodObject>(
		name: string,
		body: Body,
		kind: Kind<z.output<Body>>,
	): Endpoint {
		return endpoint({
			method: 'post',
			path: `/whatsapp/send/${name}`,
			summary: `Send: ${name}, one or several`,
			body,
			answer: sentFiles,
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
	{ field, type, family, about }: Kind<Body>,
): Promise<SendResult[]> {
	const { to, names } = recipientOf(call.body as Parameters<typeof recipientOf>[0])
	const uploads = (call.body as Record<string, Upload[]>)[field]!
	const stranger = uploads.find(({ mimetype = family ?? '' }) => !mimetype.startsWith(family ?? ''))
	if (stranger) throw wrongFamily(field, stranger, family!)
	const session = sessionOf(services, call)
	const sent: SendResult[] = []
	for (const [part, file] of uploads.entries()) {
		const translation = {
			type,
			fields: { to, [type]: file, ...about(call.body, file) },
			names: { ...names, [type]: field },
			part,
		}
		sent.push(await sendAs(call, session, translation).catch(afterOthers(sent.length)))
	}
	return sent
}

// Who repeats the request with the same idempotency key sends the rest only.
function afterOthers(count: number) {
	return (error: unknown): never => {
		if (!count || !isGatewayError(error)) throw error
		const said = `${error.message} Files sent before: ${count}.`
		throw new GatewayError(error.code, said, { ...error.facts, cause: error })
	}
}

function wrongFamily(field: string, { filename, mimetype }: Upload, family: string) {
	const advice = `\`${field}\` takes ${family}*; ${filename ?? 'a file'} is ${mimetype}.`
	return new GatewayError('unsupported_media_type', advice, { field })
}
