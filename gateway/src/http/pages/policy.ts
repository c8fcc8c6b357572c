import type { MiddlewareHandler } from 'hono'

const POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self'",
	"img-src 'self' blob:",
	"media-src 'self' blob:",
	"connect-src 'self'",
	"form-action 'self'",
	"frame-ancestors 'none'",
	"base-uri 'none'",
	"require-trusted-types-for 'script'",
	"trusted-types 'none'",
].join('; ')

/**
 * What a page may do: nothing of another origin, no script that is not ours, no style inside the page.
 * @param microphone whether it may record
 */
export function pagePolicy({ microphone = false } = {}): MiddlewareHandler {
	return async function pagePolicy(c, next) {
		await next()
		c.header('Content-Security-Policy', POLICY)
		c.header(
			'Permissions-Policy',
			`microphone=(${microphone ? 'self' : ''}), camera=(), geolocation=()`,
		)
		c.header('Cross-Origin-Opener-Policy', 'same-origin')
	}
}

/** Lets no page of another origin show what is served here. It finds out nothing then by whether a picture loads. */
export const ownOriginOnly: MiddlewareHandler = async function ownOriginOnly(c, next) {
	await next()
	c.header('Cross-Origin-Resource-Policy', 'same-origin')
}
