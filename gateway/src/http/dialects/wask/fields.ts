import { z } from '@hono/zod-openapi'

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

export const fileField = z
	.string()
	.min(1)
	.meta({ description: 'URL, base64, data URI, or path below MEDIA_DIR' })

// A URL has a colon. A text that begins with a slash is a path, unless it is too long for one and has no dot: a JPEG.
const isBase64 = (text: string) => /^(?!\/.{0,99}$)[A-Za-z0-9+/\s]+={0,2}\s*$/s.test(text)

/** Our source of a file from a `fileField`. */
export function mediaSourceOf(text: string): string | { data: string } {
	return isBase64(text) ? { data: text } : text
}

export const successResponse = z.object({ success: z.literal(true) })
