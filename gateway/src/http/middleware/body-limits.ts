import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'

/**
 * Rejects a body of more than `maxBytes` bytes, by its declared length or, where none is declared, by counting while it
 * is read.
 * @throws GatewayError payload_too_large
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
	const tooLarge = () =>
		new GatewayError('payload_too_large', `A body may have at most ${maxBytes} bytes here.`)
	return async function limitBody(c, next) {
		const length = c.req.header('content-length')
		// Node holds a body to its declared length. Counting the bytes would cost a tenth of a send.
		if (length === undefined || c.req.header('transfer-encoding')) countBody(c, maxBytes, tooLarge)
		else if (Number(length) > maxBytes) throw tooLarge()
		await next()
	}
}

function countBody(c: Context, maxBytes: number, tooLarge: () => GatewayError): void {
	const { body } = c.req.raw
	if (!body) return
	let length = 0
	const counter = new TransformStream<Uint8Array, Uint8Array>({
		transform(chunk, controller) {
			length += chunk.length
			if (length > maxBytes) controller.error(tooLarge())
			else controller.enqueue(chunk)
		},
	})
	const counted = { body: body.pipeThrough(counter), duplex: 'half' } as RequestInit
	c.req.raw = new Request(c.req.raw, counted)
}
