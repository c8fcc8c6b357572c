import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { GatewayError } from '../../errors.ts'

/** Enough for every request that carries no file. */
export const MAX_JSON_BYTES = 1024 * 1024

/** The size of a JSON body with `fileBytes` bytes of files in it: base64 turns three bytes into four. */
export const jsonBytesFor = (fileBytes: number) => Math.ceil((fileBytes * 4) / 3) + MAX_JSON_BYTES

/**
 * Rejects a body of more than `maxBytes` bytes, by its declared length or, where none is declared, by counting.
 * @throws GatewayError payload_too_large
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
	const tooLarge = (): never => {
		throw new GatewayError('payload_too_large', `A JSON body may have at most ${maxBytes} bytes.`)
	}
	const counting = bodyLimit({ maxSize: maxBytes, onError: tooLarge })
	return async function limitBody(c, next) {
		const length = c.req.header('content-length')
		// Node holds a body to its declared length. Counting the bytes would cost a tenth of a send.
		if (length === undefined || c.req.header('transfer-encoding')) return counting(c, next)
		if (Number(length) > maxBytes) tooLarge()
		await next()
	}
}
