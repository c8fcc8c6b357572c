import { z } from '@hono/zod-openapi'

export const to = z.string().meta({
	description: 'A phone number, or the id of a person or group',
	examples: ['919988066776'],
})

export const caption = z.string().optional()

/** WhatsApp has no place for the name of a picture or video: it is taken, and shown nowhere. */
export const filename = z.string().optional().meta({ description: 'Shown for documents only' })

// A URL has a colon. What begins with a slash is a path, or a JPEG if it is too long for one and has no dot.
const isBase64 = (text: string) => /^(?!\/.{0,99}$)[A-Za-z0-9+/\s]+={0,2}\s*$/s.test(text)

/** URL, data URI, bare base64 or a path, in our words. */
export const file = z.string().min(1).meta({ description: 'URL, base64 or a path below MEDIA_DIR' })

export function source(text: string): string | { data: string } {
	return isBase64(text) ? { data: text } : text
}

export const done = z.object({ success: z.literal(true) })
