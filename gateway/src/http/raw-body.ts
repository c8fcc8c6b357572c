import type { Context } from 'hono'
import { GatewayError } from '../errors.ts'

/** Limits the body of a request whose length is not declared: it is counted when it is read. */
export function setBodyLimit(c: Context, maxBytes: number): void {
	c.set('maxBodyBytes', maxBytes)
}

/** True if the length of a body is declared. Node holds the body to it. */
export function isDeclared({ req }: Context): boolean {
	return req.header('content-length') !== undefined && !req.header('transfer-encoding')
}

/**
 * The bytes of a body, as they arrive. What is left when the caller stops is read and dropped: to cancel the stream
 * would cut the connection before the client has seen why.
 * @throws GatewayError payload_too_large
 */
export async function* bytesOf(c: Context): AsyncGenerator<Uint8Array> {
	const reader = c.req.raw.body?.getReader()
	const maxBytes = (c.get('maxBodyBytes') as number | undefined) ?? Infinity
	let length = 0
	try {
		for (;;) {
			const { done = true, value } = (await reader?.read()) ?? {}
			if (done) return
			length += value!.length
			if (length > maxBytes) throw bodyTooLarge(maxBytes)
			yield value!
		}
	} finally {
		void drop(reader)
	}
}

/**
 * The body as text, which `c.req.json()` then finds as well.
 * @throws GatewayError payload_too_large
 */
export function textOf(c: Context): Promise<string> {
	// Node's own way is faster. Hono keeps a body that was read already.
	if (!isDeclared(c)) c.req.bodyCache.text ??= countedText(c) as never
	return c.req.text()
}

async function countedText(c: Context): Promise<string> {
	const chunks: Uint8Array[] = []
	for await (const chunk of bytesOf(c)) chunks.push(chunk)
	return new TextDecoder().decode(Buffer.concat(chunks))
}

/** The error of a body that is larger than its route needs. */
export function bodyTooLarge(maxBytes: number): GatewayError {
	return new GatewayError('payload_too_large', `A body may have at most ${maxBytes} bytes here.`)
}

async function drop(reader: ReadableStreamDefaultReader | undefined): Promise<void> {
	try {
		while (reader && !(await reader.read()).done);
	} catch {
		// The client has gone.
	}
}
