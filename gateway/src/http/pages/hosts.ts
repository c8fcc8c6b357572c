import { isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'

/**
 * Rejects requests for a host name that is not ours: another site whose name was made to lead here (DNS rebinding)
 * could otherwise read the pages. An IP address cannot be rebound.
 * @param names besides `localhost`, without ports
 * @throws GatewayError unknown_host
 */
export function knownHostsOnly(names: readonly string[]): MiddlewareHandler {
	const known = new Set(['localhost', ...names.map((name) => name.toLowerCase())])
	return async function knownHostsOnly(c, next) {
		const name = hostName(c.req.header('host') ?? '')
		if (!known.has(name) && !isAddress(name))
			throw unknownHost(name, c.req.header('x-forwarded-host'))
		await next()
	}
}

/** The name in a `Host` header: lower case, without port. */
export function hostName(host: string): string {
	return host.toLowerCase().replace(/:\d+$/, '')
}

const isAddress = (name: string) => isIP(name.replace(/^\[(.+)\]$/, '$1')) !== 0

/** @param asked the name that the browser asked for, where a proxy says that */
function unknownHost(name: string, asked: string | undefined): GatewayError {
	const isReplaced = asked !== undefined && hostName(asked) !== name
	const advice = isReplaced ? replacedName(name, hostName(asked)) : unknownName(name)
	return new GatewayError('unknown_host', advice)
}

const replacedName = (name: string, asked: string) =>
	`A proxy asks for ${name} in place of ${asked}. Let it pass the header Host on (nginx: proxy_set_header Host ` +
	`$http_host), and add ${asked} to CONSOLE_HOSTS or set PUBLIC_URL to it.`

const unknownName = (name: string) =>
	`This gateway does not know the name ${name || '(none)'}. Add it to CONSOLE_HOSTS, or set PUBLIC_URL to the address ` +
	`that browsers use. If a browser shows another name, a proxy replaces it: let it pass the header Host on.`
