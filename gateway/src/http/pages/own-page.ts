import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'

/** Sent by our pages with all that changes something. A form cannot send it, and another origin would need CORS. */
const HEADER = 'x-console'
/** It is a GET, and starts linking. */
const CHANGES_BY_GET = /\/qr$/

/**
 * Rejects what other pages make a browser send along with our cookie. A cookie is sent to every port of a host, so
 * `SameSite` alone does not part us from another program on the same machine.
 * @throws GatewayError foreign_page
 */
export const ownPageOnly: MiddlewareHandler = async function ownPageOnly(c, next) {
	if (changesSomething(c) && !isOwnPage(c)) {
		const advice =
			'Only the pages of this gateway may send this. Programs use /api/v1 with an API key.'
		throw new GatewayError('foreign_page', advice)
	}
	await next()
}

function changesSomething({ req }: Context): boolean {
	return !['GET', 'HEAD'].includes(req.method) || CHANGES_BY_GET.test(req.path)
}

// Over plain HTTP a browser sends no Sec-Fetch-Site, except to localhost: it cannot be the only check.
function isOwnPage({ req }: Context): boolean {
	const { host, origin, 'sec-fetch-site': site } = req.header()
	if (req.header(HEADER) === undefined) return false
	if (site !== undefined && site !== 'same-origin') return false
	return origin === undefined || hostOf(origin) === host
}

/** Whether a browser says that it shows our page over https. */
export function isOverHttps({ req }: Context): boolean {
	return req.header('origin')?.startsWith('https://') === true
}

/** The host and port of an origin; undefined for `null`. */
const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)
