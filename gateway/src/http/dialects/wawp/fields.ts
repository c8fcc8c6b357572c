import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { Upload } from '../../../messages/media-source.ts'
import { bareId } from './ids.ts'

/** The fields of every request. */
export const instanceFields = {
	instance_id: z
		.string()
		.min(1)
		.meta({
			description: 'Id of the session; the header `X-Instance-ID` can carry it too',
			examples: ['123456789'],
		}),
	access_token: z.string().optional().meta({ description: 'API key' }),
}

export const chatIdField = z.string().meta({
	description: 'Recipient: `…@c.us`, `…@g.us` or `…@newsletter`',
	examples: ['201234567890@c.us'],
})

/** An empty text and null mean no reply, too. */
export const replyToField = z
	.string()
	.nullish()
	.transform((id) => (id ? bareId(id) : undefined))
	.meta({
		description: 'Id of the message to reply to, alone or as `false_<chat>_<id>`',
		examples: ['false_201234567890@c.us_3EB0538DA65A59F6D8A251'],
	})

/** The file of a message: a URL, or a part of a form. */
export const fileFields = {
	url: z.string().min(1).optional().meta({ description: 'URL or data URI of the file' }),
	file: z
		.array(z.instanceof(Upload), { error: 'must be a file in multipart/form-data' })
		.max(1)
		.optional()
		.openapi({ type: 'string', format: 'binary' }),
}

const MAX_TEXT_LENGTH = 4_096

/** A text of at most as many characters as Wawp documents. */
export const textField = z
	.string()
	.min(1)
	.refine(
		(text) => [...text].length <= MAX_TEXT_LENGTH,
		`may have at most ${MAX_TEXT_LENGTH} characters`,
	)
	.meta({ description: 'Text of the message', maxLength: MAX_TEXT_LENGTH })

/** A field that is not in the body may be in the query, and the id of the session also in a header. */
export function fieldsOf(c: Context, body: unknown): unknown {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) return body
	const header = c.req.header('x-instance-id')
	return { ...(header && { instance_id: header }), ...c.req.query(), ...body }
}
