import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { invalidRequest } from '../openapi/schemas.ts'

/** The header of every request that creates something. */
export const idempotencyHeaders = z.object({
	'idempotency-key': z.string().min(1).max(255).optional().meta({
		description:
			'Repeating a request with the same key does nothing again, and is answered as before',
	}),
})

/** The headers of every send. */
export const sendHeaders = idempotencyHeaders.extend({
	'batch-item': z
		.string()
		.regex(/^.{1,200};\d{1,6}$/, 'must be a batch name, a semicolon and an index from 0')
		.transform((text) => {
			const at = text.lastIndexOf(';')
			return { batch: text.slice(0, at), index: Number(text.slice(at + 1)) }
		})
		.optional()
		.meta({
			description:
				'Position in a batch whose messages are sent in order: name of the batch, `;`, index from 0',
			examples: ['newsletter;0'],
		}),
})

/** @throws GatewayError invalid_request */
export function idempotencyKeyOf(c: Context): string | undefined {
	const parsed = idempotencyHeaders.safeParse(c.req.header())
	if (!parsed.success) throw invalidRequest(parsed.error)
	return parsed.data['idempotency-key']
}

/** The idempotency key of a send and its position in a batch. @throws GatewayError invalid_request */
export function sendHeadersOf(c: Context) {
	const parsed = sendHeaders.safeParse(c.req.header())
	if (!parsed.success) throw invalidRequest(parsed.error)
	const { 'idempotency-key': key, 'batch-item': item } = parsed.data
	return { key, item }
}
