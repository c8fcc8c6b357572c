import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import type { Call, Endpoint, Services } from '../dialect.ts'
import { unsupportedField } from '../read.ts'
import { sendsIn, type Translation } from '../send.ts'
import { chatIdField, fileFields, instanceFields, textField, replyToField } from './fields.ts'
import { renderSent, sent } from './sent.ts'
import { sessionOf } from './session.ts'

const text = z.object({
	...instanceFields,
	chatId: chatIdField,
	message: textField,
	reply_to: replyToField,
})

const withFile = z.object({
	...instanceFields,
	chatId: chatIdField,
	...fileFields,
	caption: z.string().optional(),
	reply_to: replyToField,
})

/** WhatsApp has no caption for these. */
const withoutCaption = withFile.extend({ caption: unsupportedField })

const withFilename = withFile.extend({
	filename: z
		.string()
		.min(1)
		.optional()
		.meta({ description: 'Defaults to the name of the file or URL' }),
})

type WithFile = z.output<typeof withFilename>

/** Wawp's message types with a file: our type, the fields of the request, and fields that are always set. */
const fileTypes = {
	image: { type: 'image', summary: 'Send an image', body: withFile },
	video: { type: 'video', summary: 'Send a video', body: withFile },
	audio: { type: 'audio', summary: 'Send an audio file', body: withoutCaption },
	voice: {
		type: 'audio',
		summary: 'Send a voice note',
		body: withoutCaption,
		fixed: { ptt: true },
	},
	document: { type: 'document', summary: 'Send a document', body: withFilename },
	sticker: { type: 'sticker', summary: 'Send a sticker', body: withoutCaption },
} as const

/** `POST` or `GET /send/text`, `/send/image`, … */
export function sends(services: Services): Endpoint[] {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		response: sent,
		render(result, type, call) {
			const fields = call.body as Partial<z.output<typeof text> & WithFile>
			return renderSent(sessionOf(services, call), result, type, {
				text: fields.message ?? fields.caption,
				isVoice: isVoice(call),
				isReply: fields.reply_to !== undefined,
			})
		},
	})
	const posts = [
		send({
			path: '/send/text',
			summary: 'Send a text message',
			body: text,
			translate: ({ chatId: to, message: text, reply_to }) => ({
				type: 'text',
				fields: { to, text, reply_to },
				names: { to: 'chatId', text: 'message' },
			}),
		}),
		...(Object.keys(fileTypes) as (keyof typeof fileTypes)[]).map((kind) =>
			send({
				path: `/send/${kind}`,
				summary: fileTypes[kind].summary,
				body: fileTypes[kind].body,
				translate: (body) => withFileOf(kind, body as WithFile),
			}),
		),
	]
	return posts.flatMap((post) => [post, viaGet(post)])
}

// A query cannot carry a file.
function viaGet(post: Endpoint): Endpoint {
	const { file: _, ...shape } = post.body!.shape
	return { ...post, method: 'get', body: z.object(shape) }
}

const isVoice = ({ c }: Call) => c.req.path.endsWith('/voice')

function withFileOf(kind: keyof typeof fileTypes, body: WithFile): Translation {
	const { type, ...rest } = fileTypes[kind]
	const [upload] = body.file ?? []
	const { url, caption, reply_to, chatId: to } = body
	if (!upload === !url) throw notOneFile()
	const isDocument = kind === 'document'
	return {
		type,
		fields: {
			to,
			[type]: upload ?? { url },
			...('fixed' in rest && rest.fixed),
			...(caption && { caption }),
			...(isDocument && { filename: body.filename ?? upload?.filename ?? filenameIn(url) }),
			reply_to,
		},
		names: { to: 'chatId', [type]: upload ? 'file' : 'url' },
	}
}

function filenameIn(url = ''): string {
	const path = URL.canParse(url) ? new URL(url).pathname : ''
	return (/^https?:/i.test(url) && path.split('/').at(-1)) || 'file'
}

function notOneFile() {
	const advice = 'Set either `url` or `file`; `file` is a part of multipart/form-data.'
	return new GatewayError('invalid_request', advice, { field: 'url' })
}
