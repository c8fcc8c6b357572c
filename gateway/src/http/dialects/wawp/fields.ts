import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Upload } from '../../../messages/media-source.ts'
import { bareId } from './ids.ts'

/** What every request says of itself. */
export const instance = {
	instance_id: z
		.string()
		.min(1)
		.meta({
			description: 'Id of the session; may be the header `X-Instance-ID` too',
			examples: ['123456789'],
		}),
	access_token: z.string().optional().meta({ description: 'API key' }),
}

export const chatId = z.string().meta({
	description: 'Whom it goes to: `…@c.us`, `…@g.us` or `…@newsletter`',
	examples: ['201234567890@c.us'],
})

/** Who answers nothing may say so with an empty text or null. */
export const replyTo = z
	.string()
	.nullish()
	.transform((id) => (id ? bareId(id) : undefined))
	.meta({
		description: 'Id of the message to answer, alone or as `false_<chat>_<id>`',
		examples: ['false_201234567890@c.us_3EB0538DA65A59F6D8A251'],
	})

/** A URL, or a part of a form. */
export const file = {
	url: z.string().min(1).optional().meta({ description: 'URL or data URI of the file' }),
	file: z
		.array(z.instanceof(Upload), { error: 'must be a file in multipart/form-data' })
		.max(1)
		.optional()
		.openapi({ type: 'string', format: 'binary' }),
}

export const MAX_TEXT = 4_096

/** A text of at most as many characters as their document allows. */
export const message = z
	.string()
	.min(1)
	.refine((text) => [...text].length <= MAX_TEXT, `may have ${MAX_TEXT} characters`)
	.meta({ description: 'The text', maxLength: MAX_TEXT })

/** What a body does not say is in the address, and the session also in a header. */
export function fieldsOf(c: Context, body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
	const header = c.req.header('x-instance-id')
	return { ...(header && { instance_id: header }), ...c.req.query(), ...body }
}
