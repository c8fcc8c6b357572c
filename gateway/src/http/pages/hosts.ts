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
		if (!known.has(name) && !isAddress(name)) throw unknownHost(name)
		await next()
	}
}

/** The name in a `Host` header: lower case, without port. */
export function hostName(host: string): string {
	return host.toLowerCase().replace(/:\d+$/, '')
}

const isAddress = (name: string) => isIP(name.replace(/^\[(.+)\]$/, '$1')) !== 0

function unknownHost(name: string): GatewayError {
	const advice = `This gateway does not know the name ${name}. Add it to CONSOLE_HOSTS.`
	return new GatewayError('unknown_host', advice)
}
