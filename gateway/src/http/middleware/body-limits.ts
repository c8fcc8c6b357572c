import type { MiddlewareHandler } from 'hono'
import { bodyTooLarge, isDeclared, setBodyLimit } from '../raw-body.ts'

/**
 * Rejects a body of more than `maxBytes` bytes, by its declared length or, where none is declared, by counting while it
 * is read.
 * @throws GatewayError payload_too_large
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
	return async function limitBody(c, next) {
		// Counting the bytes would cost a tenth of a send.
		if (!isDeclared(c)) setBodyLimit(c, maxBytes)
		else if (Number(c.req.header('content-length')) > maxBytes) throw bodyTooLarge(maxBytes)
		await next()
	}
}
