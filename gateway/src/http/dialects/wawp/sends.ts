import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import type { Call, Endpoint, Services } from '../dialect.ts'
import { unsupported } from '../read.ts'
import { sendsIn, type Translation } from '../send.ts'
import { chatId, file, instance, message, replyTo } from './fields.ts'
import { renderSent, sent } from './sent.ts'
import { sessionOf } from './session.ts'

const text = z.object({ ...instance, chatId, message, reply_to: replyTo })

const withFile = z.object({
	...instance,
	chatId,
	...file,
	caption: z.string().optional(),
	reply_to: replyTo,
})

/** WhatsApp has no place for a text there. */
const wordless = withFile.extend({ caption: unsupported })

const named = withFile.extend({
	filename: z.string().min(1).optional().meta({ description: 'Else that of the file or URL' }),
})

type WithFile = z.output<typeof named>

/** Their types with a file: ours, what a request may say, and what is always said. */
const kinds = {
	image: { type: 'image', body: withFile },
	video: { type: 'video', body: withFile },
	audio: { type: 'audio', body: wordless },
	voice: { type: 'audio', body: wordless, more: { ptt: true } },
	document: { type: 'document', body: named },
	sticker: { type: 'sticker', body: wordless },
} as const

/** `POST` or `GET /send/text`, `/send/image`, … */
export function sends(services: Services): Endpoint[] {
	const send = sendsIn({
		sessionOf: (call) => sessionOf(services, call),
		answer: sent,
		render(result, type, call) {
			const said = call.body as Partial<z.output<typeof text> & WithFile>
			return renderSent(sessionOf(services, call), result, type, {
				text: said.message ?? said.caption,
				isVoice: isVoice(call),
				isReply: said.reply_to !== undefined,
			})
		},
	})
	const posts = [
		send({
			path: '/send/text',
			summary: 'Send a text',
			body: text,
			translate: ({ chatId: to, message: text, reply_to }) => ({
				type: 'text',
				fields: { to, text, reply_to },
				names: { to: 'chatId', text: 'message' },
			}),
		}),
		...(Object.keys(kinds) as (keyof typeof kinds)[]).map((kind) =>
			send({
				path: `/send/${kind}`,
				summary: `Send: ${kind}`,
				body: kinds[kind].body,
				translate: (body) => withFileOf(kind, body as WithFile),
			}),
		),
	]
	return posts.flatMap((post) => [post, byGet(post)])
}

// An address has no room for a file.
function byGet(post: Endpoint): Endpoint {
	const { file: _, ...shape } = post.body!.shape
	return { ...post, method: 'get', body: z.object(shape) }
}

const isVoice = ({ c }: Call) => c.req.path.endsWith('/voice')

function withFileOf(kind: keyof typeof kinds, body: WithFile): Translation {
	const { type, ...rest } = kinds[kind]
	const [upload] = body.file ?? []
	const { url, caption, reply_to, chatId: to } = body
	if (!upload === !url) throw oneFile()
	const isDocument = kind === 'document'
	return {
		type,
		fields: {
			to,
			[type]: upload ?? { url },
			...('more' in rest && rest.more),
			...(caption && { caption }),
			...(isDocument && { filename: body.filename ?? upload?.filename ?? nameIn(url) }),
			reply_to,
		},
		names: { to: 'chatId', [type]: upload ? 'file' : 'url' },
	}
}

function nameIn(url = ''): string {
	const path = URL.canParse(url) ? new URL(url).pathname : ''
	return (/^https?:/i.test(url) && path.split('/').at(-1)) || 'file'
}

function oneFile() {
	const advice = 'Give one of `url` and `file`: `file` is a part of multipart/form-data.'
	return new GatewayError('invalid_request', advice, { field: 'url' })
}
