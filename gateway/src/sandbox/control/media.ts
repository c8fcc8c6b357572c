import { Readable } from 'node:stream'
import type { proto } from '@whiskeysockets/baileys'
import { Hono } from 'hono'
import { z } from 'zod'
import type { PhoneMedia } from '../phone/media.ts'
import { mediaTypes, type MediaType } from '../phone/media-message.ts'
import type { Sandbox } from '../sandbox.ts'
import { ControlError, phoneOf } from './context.ts'

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

/** The files that have arrived on a phone. */
export function mediaRoutes(sandbox: Sandbox): Hono {
	const app = new Hono()
	app.get('/phones/:phone/messages/:id/media', (c) => {
		const { media, inbox } = phoneOf(sandbox, c)
		const found = inbox.entries.findLast(({ id }) => id === c.req.param('id'))?.media
		if (!found) throw new ControlError(404, 'This phone has no such message with a file.')
		return c.body(Readable.toWeb(media.read(found)) as ReadableStream, 200, {
			'content-type': found.mimetype || 'application/octet-stream',
			'content-length': String(found.size),
			// A sender could have sent a page with scripts.
			'content-disposition': 'attachment',
			'x-content-type-options': 'nosniff',
		})
	})
	return app
}
