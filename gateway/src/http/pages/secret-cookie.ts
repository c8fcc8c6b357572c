import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { schemeOf } from './own-page.ts'

export type SecretCookieOptions = {
	name: string
	/** Only below it the browser sends the cookie. */
	path: string
	/** In seconds; without it, until the browser is closed. */
	maxAge?: number
}

/**
 * A cookie that scripts cannot read, that other sites cannot make a browser send, and that no other path gets.
 * @example
 * const ticketCookie = createSecretCookie({ name: 'console', path: '/console' })
 * ticketCookie.set(c, ticket)
 * ticketCookie.of(c) // the ticket, in the next request
 */
export function createSecretCookie({ name, path, maxAge }: SecretCookieOptions) {
	// With this prefix a browser takes it over https only, so that nobody on the way can set another.
	const secureName = `__Secure-${name}`
	return {
		/** What came with a request, under the name that belongs to its scheme. */
		of(c: Context): string | undefined {
			const scheme = schemeOf(c)
			const secure = scheme === 'http' ? undefined : getCookie(c, secureName)
			return scheme === 'https' ? secure : (secure ?? getCookie(c, name))
		},
		set(c: Context, value: string): void {
			const secure = schemeOf(c) === 'https'
			const rules = { path, httpOnly: true, sameSite: 'Strict', secure } as const
			const lasting = maxAge === undefined ? {} : { maxAge }
			setCookie(c, secure ? secureName : name, value, { ...rules, ...lasting })
		},
		forget(c: Context): void {
			deleteCookie(c, name, { path })
			deleteCookie(c, secureName, { path, secure: true })
		},
	}
}
