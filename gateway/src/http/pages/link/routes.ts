import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import type { Delivery } from '../../../delivery/index.ts'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import { qrCode } from '../../../lib/qr-code.ts'
import type { Sessions } from '../../../session/sessions.ts'
import { limitBody } from '../../middleware/body-limits.ts'
import { jsonOnly } from '../../middleware/content-type.ts'
import type { AuthOptions } from '../../middleware/require-key.ts'
import { MAX_ASSERTION_BYTES, readAssertion } from '../../passkey-answer.ts'
import { knownHostsOnly } from '../hosts.ts'
import { jsonOf } from '../json-of.ts'
import { ownPageOnly } from '../own-page.ts'
import { ownOriginOnly, pagePolicy } from '../policy.ts'
import { shell } from '../shell.ts'
import { linkEnded } from '../../links/link-ended.ts'
import type { LinkRecord } from '../../links/link-record.ts'
import type { Links } from '../../links/store.ts'
import { forgetOldLinks, linkCookie } from './cookies.ts'
import { deviceOfBrowser } from './device.ts'
import { linkNewsStream } from './news.ts'
import { limitStreams } from './stream-limit.ts'

export type LinkPageOptions = {
	links: Links
	sessions: Sessions
	delivery: Delivery
	auth: AuthOptions
	hosts: readonly string[]
}

/** All that this page sends, but for the answer of a browser with a passkey. */
const MAX_BODY_BYTES = 4096

const maxBytesOf = (path: string) =>
	path.endsWith('/api/passkey') ? MAX_ASSERTION_BYTES : MAX_BODY_BYTES

const tokenBody = z.object({ token: z.string().min(1).max(200) })
const codeBody = z.object({ phone_number: z.string().min(1).max(50) })

/**
 * The public page of pairing links, to be mounted at `/link`: `/link#TOKEN` opens a link, and `/link/ID` is its page from
 * then on. A cookie opens exactly one session there, and no answer names a message, a number or another session.
 */
export function linkPageRoutes({ links, sessions, delivery, auth, hosts }: LinkPageOptions) {
	const app = new Hono()
	const page = shell('pair', 'Connect your WhatsApp')
	const limited = limitStreams()
	app.use(ownOriginOnly)
	app.use(knownHostsOnly(hosts))
	app.use(ownPageOnly)
	app.use((c, next) => limitBody(maxBytesOf(c.req.path))(c, next))
	app.use(jsonOnly)

	/** The link with an id, if the browser has its cookie. */
	function opened(c: Context): LinkRecord | undefined {
		const id = c.req.param('link')!
		return links.openedWith(id, linkCookie(id).of(c) ?? '')
	}

	/** @throws GatewayError pairing_link_ended */
	function linkOf(c: Context): LinkRecord {
		const link = opened(c)
		if (!link) throw linkEnded('gone')
		return link
	}

	function usableLinkOf(c: Context): LinkRecord {
		const link = linkOf(c)
		links.refuseEnded(link)
		return link
	}

	/**
	 * To be called before anything is done with a link: what is counted and told of it, is so at the gateway of its
	 * session.
	 */
	const goToSession = (session: string | undefined) => session && sessions.find(session)

	app.get('/', pagePolicy(), page)
	app.post('/open', async (c) => {
		const { token } = await bodyOf(c, tokenBody)
		goToSession(links.sessionOf(token))
		const address = auth.clientAddress(c)
		const openedBy = [deviceOfBrowser(c.req.header('user-agent')), address]
			.filter(Boolean)
			.join(', ')
		const { link, cookie } = await links
			.open(token, (id) => linkCookie(id).of(c), openedBy)
			.catch(guardGuesses(() => auth.bruteForceGuard.noteWrongKey(address)))
		forgetOldLinks(c, link.id)
		linkCookie(link.id).set(c, cookie)
		return c.json(pageOf(link))
	})
	app.get('/:link', pagePolicy(), page)
	app.get('/:link/api/page', (c) => c.json(pageOf(linkOf(c))))
	app.get('/:link/api/logo.jpg', (c) => {
		const { logo } = linkOf(c)
		if (!logo) throw new GatewayError('not_found', 'This link has no logo.')
		return c.body(Buffer.from(logo, 'base64'), 200, { 'Content-Type': 'image/jpeg' })
	})
	app.get('/:link/api/news', (c) => {
		const link = linkOf(c)
		goToSession(link.session)
		const { listen } = delivery
		const current = () => opened(c)
		const body = limited(link.id, () => linkNewsStream({ link, current, links, sessions, listen }))
		return c.body(body, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
	})
	app.get('/:link/api/qr', async (c) => {
		const session = sessions.get(usableLinkOf(c).session)
		const { qr, expires_at } = await session.qr().catch(forOutsiders)
		return c.json({ svg: await qrCode().toString(qr, { type: 'svg' }), expires_at })
	})
	app.post('/:link/api/code', async (c) => {
		const link = usableLinkOf(c)
		goToSession(link.session)
		const { phone_number } = await bodyOf(c, codeBody)
		const pair = () => sessions.get(link.session).pair(phone_number)
		return c.json(await links.withCode(link, pair).catch(forOutsiders))
	})
	app.post('/:link/api/passkey', async (c) => {
		const { passkeys } = sessions.get(usableLinkOf(c).session)
		await passkeys.answer(readAssertion(await jsonOf(c)))
		return c.json({})
	})
	app.post('/:link/api/passkey/confirm', async (c) => {
		await sessions.get(usableLinkOf(c).session).passkeys.confirm()
		return c.json({})
	})
	return app
}

const pageOf = ({ id, brand, note, color, language, logo, expires_at }: LinkRecord) => ({
	id,
	language: language ?? null,
	brand: brand ?? null,
	note: note ?? null,
	color: color ?? null,
	has_logo: logo !== null,
	expires_at,
})

/** An unknown token is counted as a wrong key is. */
const guardGuesses = (note: () => void) => (error: unknown) => {
	if (isGatewayError(error, 'pairing_link_not_found')) note()
	throw error
}

/** Errors for programs name the session. */
function forOutsiders(error: unknown): never {
	if (isGatewayError(error, 'session_already_linked')) throw linkEnded('linked')
	if (isGatewayError(error, 'passkey_required'))
		throw new GatewayError('passkey_required', 'WhatsApp asks for the passkey of this number.')
	if (isGatewayError(error, 'session_not_open')) {
		const advice = 'WhatsApp has not sent a code yet. Try again.'
		throw new GatewayError('session_not_open', advice, { ...error.facts, cause: error })
	}
	throw error
}

async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
	const parsed = schema.safeParse(await jsonOf(c))
	if (parsed.success) return parsed.data
	const field = String(parsed.error.issues[0]?.path[0] ?? '')
	throw new GatewayError('invalid_request', `Give \`${field}\`.`, { field })
}
