import { Readable } from 'node:stream'
import type { proto } from '@whiskeysockets/baileys'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import type { PhoneMedia } from '../phone/media.ts'
import { mediaTypes, thumbnailIn, type MediaType } from '../phone/media-message.ts'
import type { ReceivedMedia } from '../phone/received.ts'
import type { Sandbox } from '../sandbox.ts'
import { ControlError, phoneOf } from './context.ts'
import { byteRange } from './ranges.ts'

/** A file in a request. */
export const file = z.strictObject({
	data: z.string().min(1).describe('base64'),
	mimetype: z.string().min(1),
})
const files = Object.fromEntries(mediaTypes.map((type) => [type, file.optional()]))

/** The fields of a message with a file: `{image: {data, mimetype}, caption}`. */
export const mediaFields = {
	...(files as Record<MediaType, z.ZodOptional<typeof file>>),
	caption: z.string().optional(),
	ptt: z.boolean().optional(),
	filename: z.string().optional(),
}

type Said = Partial<z.output<z.ZodObject<typeof mediaFields>>>

/** Encrypts and uploads the file that a person sends; undefined if there is none. */
export async function attached(media: PhoneMedia, said: Said): Promise<proto.IMessage | undefined> {
	const type = mediaTypes.find((each) => said[each])
	if (!type) return undefined
	const { data, mimetype } = said[type]!
	return media.attach(type, { ...said, data: Buffer.from(data, 'base64'), mimetype })
}

// A sender could have sent a page with scripts.
const SAFE = { 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff' }

/** The files of a phone's messages, received and sent. */
export function mediaRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.get('/phones/:phone/messages/:id/media', (c) => {
		const phone = phoneOf(sandbox, c)
		const entry = phone.entries().findLast(({ id }) => id === c.req.param('id'))
		const thumb = c.req.query('thumb') && entry?.message && thumbnailIn(entry.message)
		if (thumb) return c.body(Buffer.from(thumb), 200, { ...SAFE, 'content-type': 'image/jpeg' })
		if (!entry?.media) throw new ControlError(404, 'This phone has no such message with a file.')
		return wholeOrPart(c, phone.media, entry.media)
	})
	return app
}

function wholeOrPart(c: Context, media: PhoneMedia, file: ReceivedMedia): Response {
	const range = byteRange(c.req.header('range'), file.size)
	const headers = {
		...SAFE,
		'accept-ranges': 'bytes',
		'content-type': file.mimetype || 'application/octet-stream',
	}
	if (range === 'outside')
		return c.body(null, 416, { ...headers, 'content-range': `bytes */${file.size}` })
	const { start, end } = range ?? { start: 0, end: file.size - 1 }
	const bytes = Readable.toWeb(media.read(file, range)) as ReadableStream
	return c.body(bytes, range ? 206 : 200, {
		...headers,
		'content-length': String(end - start + 1),
		...(range && { 'content-range': `bytes ${start}-${end}/${file.size}` }),
	})
}
