import type { MiddlewareHandler } from 'hono'

const defaults = {
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	// A response may contain messages, files or a QR code, which is a credential.
	'Cache-Control': 'no-store',
}

/**
 * Adds headers to every response, unless its handler has set them. On the finished response, since a handler may make
 * one without the context.
 */
export const securityHeaders: MiddlewareHandler = async function securityHeaders(c, next) {
	await next()
	const { headers } = c.res
	for (const [name, value] of Object.entries(defaults)) {
		if (!headers.has(name)) headers.set(name, value)
	}
}
