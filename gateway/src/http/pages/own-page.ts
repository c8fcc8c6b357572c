import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import { hostName } from './hosts.ts'

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
	const advice = changesSomething(c) ? whyForeign(c) : undefined
	if (advice) throw new GatewayError('foreign_page', advice)
	await next()
}

function changesSomething({ req }: Context): boolean {
	return !['GET', 'HEAD'].includes(req.method) || CHANGES_BY_GET.test(req.path)
}

const NOT_OURS =
	'Only the pages of this gateway may send this. Programs use /api/v1 with an API key.'

/**
 * Why a request is not of one of our pages, with what to do; undefined if it is. Over plain HTTP a browser sends no
 * Sec-Fetch-Site, except to localhost: it cannot be the only check.
 */
function whyForeign({ req }: Context): string | undefined {
	const { host, origin, 'sec-fetch-site': site } = req.header()
	if (req.header(HEADER) === undefined) return NOT_OURS
	if (site !== undefined && site !== 'same-origin') return NOT_OURS
	if (origin === undefined) return undefined
	const shown = hostOf(origin)
	if (shown === undefined) return NOT_OURS
	return shown === host ? undefined : otherHost(shown, host ?? '')
}

/** Most often a proxy: by default nginx and others send a name of their own. */
function otherHost(shown: string, host: string): string {
	return (
		`The browser shows ${shown}, but the request came for ${host || 'no host'}. If a proxy is in between, let it pass ` +
		`the header Host on (nginx: proxy_set_header Host $http_host), and set PUBLIC_URL or CONSOLE_HOSTS to the name ` +
		`that browsers use. ${NOT_OURS}`
	)
}

/**
 * How a browser reaches our page, as far as its request tells: a request that changes something has an Origin, and
 * Sec-Fetch-Site is sent over https, and to this machine. A proxy may say so too: nobody can make another's browser send
 * that header.
 */
export function schemeOf({ req }: Context): 'https' | 'http' | undefined {
	const { origin, host = '', 'sec-fetch-site': site, 'x-forwarded-proto': proxied } = req.header()
	if (origin && hostOf(origin) !== undefined)
		return origin.startsWith('https://') ? 'https' : 'http'
	if (site !== undefined && !isLoopbackName(hostName(host))) return 'https'
	return proxied === 'https' ? 'https' : undefined
}

const isLoopbackName = (name: string) => /^(localhost|127\.[\d.]+|\[::1\])$/.test(name)

/** The host and port of an origin; undefined for `null`. */
const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : undefined)
