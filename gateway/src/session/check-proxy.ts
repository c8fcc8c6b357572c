import dns from 'node:dns'
import { isIP } from 'node:net'
import { GatewayError } from '../errors.ts'
import { rangeOf } from '../lib/net/ip-ranges.ts'
import { ProxyError } from '../lib/net/proxy-error.ts'
import { placeOf, wrongWithProxy } from '../lib/net/proxy-url.ts'
import { tunnelThrough, type NetworkPlace } from '../lib/net/tunnel.ts'

/**
 * Connects to WhatsApp through a proxy, to see whether it does.
 * @param field where the request has its URL
 * @param trusted an admin named it: it may be in a private network, or on this machine
 * @throws GatewayError invalid_request, proxy_failed
 */
export async function checkProxy(
	url: string,
	whatsapp: NetworkPlace,
	{ field, trusted }: { field: string; trusted: boolean },
): Promise<void> {
	const wrong = wrongWithProxy(url)
	if (wrong) throw new GatewayError('invalid_request', `The URL of a proxy ${wrong}.`, { field })
	const { host, port } = placeOf(new URL(url))
	if (!trusted) await refusePrivate(host, field)
	try {
		;(await tunnelThrough(url)(whatsapp)).destroy()
	} catch (cause) {
		const why = cause instanceof ProxyError ? cause.message : 'cannot be used'
		const advice = `The proxy ${host}:${port} ${why}. Nothing was changed.`
		throw new GatewayError('proxy_failed', advice, { field, cause })
	}
}

async function refusePrivate(host: string, field: string) {
	const found = isIP(host)
		? [{ address: host }]
		: await dns.promises.lookup(host, { all: true }).catch(() => [])
	if (found.every(({ address }) => rangeOf(address) === 'unicast')) return
	const advice = `${host} is not a public address. Only an admin key may name such a proxy.`
	throw new GatewayError('invalid_request', advice, { field })
}
