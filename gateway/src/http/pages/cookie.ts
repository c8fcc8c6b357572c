import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { SECOND_MS } from '../../lib/units.ts'
import { isOverHttps } from './own-page.ts'
import { TICKET_MAX_MS } from './tickets.ts'

const NAME = 'console'
// With this prefix a browser takes it over https only, so that nobody on the way can set another.
const SECURE_NAME = `__Secure-${NAME}`
const PATH = '/console'

/** The ticket that came with a request. */
export function ticketOf(c: Context): string | undefined {
	return getCookie(c, SECURE_NAME) ?? getCookie(c, NAME)
}

/** Gives the browser a ticket, for our pages only: scripts cannot read it, and no other path gets it. */
export function setTicket(c: Context, ticket: string): void {
	const secure = isOverHttps(c)
	setCookie(c, secure ? SECURE_NAME : NAME, ticket, {
		path: PATH,
		httpOnly: true,
		sameSite: 'Strict',
		secure,
		maxAge: TICKET_MAX_MS / SECOND_MS,
	})
}

/** Takes the ticket from the browser. */
export function forgetTicket(c: Context): void {
	deleteCookie(c, NAME, { path: PATH })
	deleteCookie(c, SECURE_NAME, { path: PATH, secure: true })
}
