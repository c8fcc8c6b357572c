import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import { createSecretCookie } from '../secret-cookie.ts'

/** The links of one browser; the oldest go first. Bounds what it sends with each request. */
const MAX_COOKIES = 10

/** Ids begin with their time. */
const NAME = /^(?:__Secure-)?(link_[0-9A-Z]+)$/

/** What a browser has got for one link: it holds several, and each opens its own link. */
export const linkCookie = (id: string) => createSecretCookie({ name: id, path: '/link' })

/** Makes room for the cookie of one more link. */
export function forgetOldLinks(c: Context, id: string): void {
	const ids = Object.keys(getCookie(c)).flatMap((name) => NAME.exec(name)?.[1] ?? [])
	const others = [...new Set(ids)].filter((other) => other !== id).sort()
	for (const old of others.slice(0, Math.max(0, others.length - MAX_COOKIES + 1)))
		linkCookie(old).forget(c)
}
