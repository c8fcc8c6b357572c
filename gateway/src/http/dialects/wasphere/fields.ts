import { z } from '@hono/zod-openapi'

/** The most that their server takes. */
const text = (most: number) => z.string().min(1).max(most)

export const to = text(40).meta({
	description: 'A phone number, or the id of a person or group',
	examples: ['923001234567'],
})

export const messageId = text(128)
export const caption = z.string().max(1_024).optional()

export const url = z
	.string()
	.regex(/^(https?:\/\/|data:)/, 'must be a URL or a data URI')
	.meta({ description: 'URL or data URI' })

export const limited = text
