import { Hono } from 'hono'
import type { Context } from 'hono'
import qrcode from 'qrcode'
import { z } from 'zod'
import type { Delivery } from '../../../delivery/index.ts'
import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { Sessions } from '../../../session/sessions.ts'
import { limitBody } from '../../middleware/body-limits.ts'
import { jsonOnly } from '../../middleware/content-type.ts'
import type { AuthOptions } from '../../middleware/require-key.ts'
import { knownHostsOnly } from '../hosts.ts'
import { jsonOf } from '../json-of.ts'
import { ownPageOnly } from '../own-page.ts'
import { ownOriginOnly, pagePolicy } from '../policy.ts'
import { shell } from '../shell.ts'
import { createSecretCookie } from '../secret-cookie.ts'
import { deviceOfBrowser } from './device.ts'
import type { LinkRecord } from '../../links/link-record.ts'
import { linkNewsStream } from './news.ts'
import { ended, type Links } from '../../links/store.ts'

export type LinkPageOptions = {
	links: Links
	sessions: Sessions
	delivery: Delivery
	auth: AuthOptions
	hosts: readonly string[]
}

const linkCookie = createSecretCookie({ name: 'link', path: '/link' })

/** All that this page sends. */
const MAX_BODY_BYTES = 4096

const tokenBody = z.object({ token: z.string().min(1).max(200) })
const codeBody = z.object({ phone_number: z.string().min(1).max(50) })

/**
 * The public page of pairing links, to be mounted at `/link`. A cookie opens exactly one session here, and no answer
 * names a message, a number or another session.
 */
export function linkPageRoutes({ links, sessions, delivery, auth, hosts }: LinkPageOptions) {
	const app = new Hono()
	app.use(ownOriginOnly)
	app.use(knownHostsOnly(hosts))
	app.use(ownPageOnly)
	app.use(limitBody(MAX_BODY_BYTES))
	app.use(jsonOnly)

	/** @throws GatewayError pairing_link_ended */
	function linkOf(c: Context): LinkRecord {
		const link = links.openedWith(linkCookie.of(c) ?? '')
		if (!link) throw ended()
		return link
	}

	function usableLinkOf(c: Context): LinkRecord {
		const link = linkOf(c)
		if (!links.isUsable(link)) throw ended()
		return link
	}

	app.get('/', pagePolicy(), shell('pair', 'Connect your WhatsApp'))
	app.post('/open', async (c) => {
		const { token } = await bodyOf(c, tokenBody)
		const address = auth.clientAddress(c)
		const openedBy = [deviceOfBrowser(c.req.header('user-agent')), address]
			.filter(Boolean)
			.join(', ')
		const { link, cookie } = await links
			.open(token, linkCookie.of(c), openedBy)
			.catch(guardGuesses(() => auth.bruteForceGuard.noteWrongKey(address)))
		linkCookie.set(c, cookie)
		return c.json(pageOf(link))
	})
	app.get('/api/page', (c) => c.json(pageOf(linkOf(c))))
	app.get('/api/logo.jpg', (c) => {
		const { logo } = linkOf(c)
		if (!logo) throw new GatewayError('not_found', 'This link has no logo.')
		return c.body(Buffer.from(logo, 'base64'), 200, { 'Content-Type': 'image/jpeg' })
	})
	app.get('/api/news', (c) => {
		const link = linkOf(c)
		const current = () => links.openedWith(linkCookie.of(c)!)
		const body = linkNewsStream({ link, current, links, sessions, listen: delivery.listen })
		return c.body(body, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
	})
	app.get('/api/qr', async (c) => {
		const { qr, expires_at } = await sessions.get(usableLinkOf(c).session).qr()
		return c.json({ svg: await qrcode.toString(qr, { type: 'svg' }), expires_at })
	})
	app.post('/api/code', async (c) => {
		const link = usableLinkOf(c)
		const { phone_number } = await bodyOf(c, codeBody)
		await links.noteCode(link)
		return c.json(await sessions.get(link.session).pair(phone_number))
	})
	return app
}

const pageOf = ({ brand, note, color, logo, expires_at }: LinkRecord) => ({
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

async function bodyOf<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
	const parsed = schema.safeParse(await jsonOf(c))
	if (parsed.success) return parsed.data
	const field = String(parsed.error.issues[0]?.path[0] ?? '')
	throw new GatewayError('invalid_request', `Give \`${field}\`.`, { field })
}
