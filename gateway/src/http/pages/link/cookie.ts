import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { isOverHttps } from '../own-page.ts'

const NAME = 'link'
const SECURE_NAME = `__Secure-${NAME}`

/** What the browser that opened a link has. */
export function linkCookieOf(c: Context): string | undefined {
	return getCookie(c, SECURE_NAME) ?? getCookie(c, NAME)
}

/** Gives it to the browser, below `/link` only, until the browser is closed. */
export function setLinkCookie(c: Context, value: string): void {
	const secure = isOverHttps(c)
	setCookie(c, secure ? SECURE_NAME : NAME, value, {
		path: '/link',
		httpOnly: true,
		sameSite: 'Strict',
		secure,
	})
}
