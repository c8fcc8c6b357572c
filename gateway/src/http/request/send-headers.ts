import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { invalid } from '../openapi/schemas.ts'

/** What every send may say of itself. */
export const sendHeaders = z.object({
	'idempotency-key': z
		.string()
		.min(1)
		.max(255)
		.optional()
		.meta({ description: 'Who repeats a request with the same key sends nothing twice' }),
	'batch-item': z
		.string()
		.regex(/^.{1,200};\d{1,6}$/, 'must be a name, a semicolon and a number from 0')
		.transform((text) => {
			const at = text.lastIndexOf(';')
			return { batch: text.slice(0, at), index: Number(text.slice(at + 1)) }
		})
		.optional()
		.meta({
			description: 'Place in a batch that arrives in its order: its name, `;`, index from 0',
		}),
})

/** The idempotency key of a send, and its place in a batch. */
export function sendHeadersOf(c: Context) {
	const parsed = sendHeaders.safeParse(c.req.header())
	if (!parsed.success) throw invalid(parsed.error)
	const { 'idempotency-key': key, 'batch-item': item } = parsed.data
	return { key, item }
}
