import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { GatewayError } from '../errors.ts'
import { hashOfToken } from '../lib/token.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { currentRequest } from './forward/request-scope.ts'
import { isRemote } from './forward/routed-sessions.ts'
import { limitBody } from './middleware/body-limits.ts'
import { jsonOnly } from './middleware/content-type.ts'
import type { AuthOptions } from './middleware/require-key.ts'
import { jsonOf } from './pages/json-of.ts'
import { MAX_ASSERTION_BYTES, readAssertion } from './passkey-answer.ts'

/**
 * `/passkey/{token}`: what a browser extension on web.whatsapp.com needs to answer one request for a passkey, and nothing
 * else. Any page may ask, since the token is the only secret; it ends with the first answer that can be used.
 */
export function passkeyDoor(sessions: Sessions, { bruteForceGuard, clientAddress }: AuthOptions) {
	const app = new Hono()
	app.use(cors({ origin: '*', allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'] }))
	app.use(limitBody(MAX_ASSERTION_BYTES))
	app.use(jsonOnly)

	async function askedWith(token: string, address: string | undefined): Promise<Session> {
		const wanted = hashOfToken(token)
		const all = sessions.list()
		const found = all.find((session) => {
			const known = isRemote(session) ? undefined : session.passkeys.step()?.token
			return known && hashOfToken(known) === wanted
		})
		if (found) return found
		const elsewhere = await foundElsewhere(all, token)
		if (elsewhere) return sessions.get(elsewhere)
		bruteForceGuard.noteWrongKey(address)
		const advice =
			'This request for a passkey was answered or has expired. Look at the page that sent you.'
		throw new GatewayError('passkey_not_pending', advice)
	}

	app.get('/:token', async (c) => {
		const { passkeys } = await askedWith(c.req.param('token'), clientAddress(c))
		const { options, expires_at } = passkeys.step()!
		return c.json({ options, expires_at })
	})
	app.post('/:token', async (c) => {
		const session = await askedWith(c.req.param('token'), clientAddress(c))
		await session.passkeys.answer(readAssertion(await jsonOf(c)))
		return c.body(null, 204)
	})
	return app
}

/** The session of another gateway that has asked with this token. Only that gateway knows the token. */
async function foundElsewhere(all: Session[], token: string): Promise<string | undefined> {
	const request = currentRequest()
	if (!request || request.vouched) return undefined
	for (const session of all) {
		if (!isRemote(session) || session.view().status !== 'passkey') continue
		if (await request.ask(session.id, `/passkey/${encodeURIComponent(token)}`)) return session.id
	}
	return undefined
}
