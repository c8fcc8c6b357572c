import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import { z } from 'zod'
import { GatewayError } from '../../errors.ts'
import { SECOND_MS } from '../../lib/units.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { MAX_KEY_LENGTH } from '../api-keys/store.ts'
import { limitBody } from '../middleware/body-limits.ts'
import { jsonOnly } from '../middleware/content-type.ts'
import type { KeyLocation } from '../middleware/key-location.ts'
import { identifyCaller, type AuthOptions } from '../middleware/require-key.ts'
import { createSecretCookie } from './secret-cookie.ts'
import { endStreamWhen } from './end-stream.ts'
import { jsonOf } from './json-of.ts'
import { TICKET_MAX_MS, type Tickets } from './tickets.ts'

const ticketCookie = createSecretCookie({
	name: 'console',
	path: '/console',
	maxAge: TICKET_MAX_MS / SECOND_MS,
})

/** Room for a key, however it is escaped. */
const MAX_BODY_BYTES = 8 * MAX_KEY_LENGTH

const body = z.object({ key: z.string().trim().min(1).max(MAX_KEY_LENGTH) })

/** The sign-in page sends the key in the body. */
const inBody: KeyLocation = {
	read: readKey,
	advice: 'Enter an API key of this gateway.',
	schemes: {},
}

async function readKey(c: Context): Promise<string> {
	const parsed = body.safeParse(await jsonOf(c))
	if (parsed.success) return parsed.data.key
	throw new GatewayError('invalid_request', 'Send {"key": "…"} with an API key.', { field: 'key' })
}

/** Changes an API key into a ticket in a cookie. */
export function signInRoutes(tickets: Tickets, auth: AuthOptions) {
	const app = new Hono<AppEnv>()
	app.use('/sign-in', limitBody(MAX_BODY_BYTES), jsonOnly)
	app.post('/sign-in', async (c) => {
		const caller = await identifyCaller(c, auth, inBody)
		ticketCookie.set(c, await tickets.issue(caller!))
		return c.body(null, 204)
	})
	app.post('/sign-out', async (c) => {
		const ticket = ticketCookie.of(c)
		if (ticket) await tickets.end(ticket)
		ticketCookie.forget(c)
		return c.body(null, 204)
	})
	return app
}

/** Requires a ticket and sets the variable `caller`, as a key does at `/api/v1`. @throws GatewayError signed_out */
export function requireTicket(tickets: Tickets): MiddlewareHandler<AppEnv> {
	return async function requireTicket(c, next) {
		const ticket = ticketCookie.of(c) ?? ''
		const caller = tickets.callerWith(ticket)
		if (!caller)
			throw new GatewayError('signed_out', 'Sign in again: the session of this page ended.')
		c.set('caller', caller)
		await next()
		c.res = endStreamWhen(c.res, () => tickets.hasEnded(ticket))
	}
}
