import { z } from '@hono/zod-openapi'
import { textOrFile, type Upload } from '../../../messages/media-source.ts'

export const toField = z.string().meta({
	description: 'Phone number, or id of a person or group',
	examples: ['919988066776'],
})

export const captionField = z.string().optional()

/** WhatsApp has no file name for images and videos: it is accepted and ignored. */
export const filenameField = z
	.string()
	.optional()
	.meta({ description: 'WhatsApp shows it for documents only' })

export const fileField = textOrFile(
	z.string().min(1).meta({ description: 'URL, base64, data URI, or path below MEDIA_DIR' }),
)

// A URL has a colon. A text that begins with a slash is a path, unless it is too long for one and has no dot: a JPEG.
const isBase64 = (text: string) => /^(?!\/.{0,99}$)[A-Za-z0-9+/\s]+={0,2}\s*$/s.test(text)

/** Our source of a file from a `fileField`. */
export function mediaSourceOf(file: string | Upload): string | Upload | { data: string } {
	return typeof file === 'string' && isBase64(file) ? { data: file } : file
}

export const successResponse = z.object({ success: z.literal(true) })
