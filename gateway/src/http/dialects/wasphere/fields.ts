import { z } from '@hono/zod-openapi'
import { textOrFile } from '../../../messages/media-source.ts'

/** A text of at most as many characters as WaSphere's server accepts. */
export const textOf = (maxLength: number) => z.string().min(1).max(maxLength)

export const toField = textOf(40).meta({
	description: 'Phone number, or id of a person or group',
	examples: ['923001234567'],
})

export const messageIdField = textOf(128)
export const captionField = z.string().max(1_024).optional()

export const urlField = textOrFile(
	z
		.string()
		.regex(/^(https?:\/\/|data:)/, 'must be a URL or a data URI')
		.meta({ description: 'URL or data URI of the file' }),
)

/** The response to an action that sends no message. */
export const statusSent = z.object({ status: z.literal('sent') })
