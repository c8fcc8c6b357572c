import { fine, warning, type Check } from '../check.ts'

/** The gateway speaks plain HTTP on its port: any other URL is that of a proxy. */
export const trustedProxiesCheck: Check = {
	name: 'trusted_proxies',
	title: 'Reverse proxy',
	settings: ['PUBLIC_URL', 'TRUSTED_PROXIES'],
	run({ config: { PUBLIC_URL, TRUSTED_PROXIES, PORT } }) {
		if (PUBLIC_URL === undefined) return []
		const { protocol, port, hostname } = new URL(PUBLIC_URL)
		const isProxied = protocol === 'https:' || Number(port || 80) !== PORT
		if (!isProxied || TRUSTED_PROXIES.length > 0)
			return fine(
				isProxied
					? 'The addresses of its proxies are set.'
					: 'PUBLIC_URL leads here without a proxy.',
			)
		return warning(
			`PUBLIC_URL is that of a proxy (${hostname}), and TRUSTED_PROXIES is not set: all clients seem to have the address of the proxy, and share the limit of wrong keys.`,
			'Set TRUSTED_PROXIES to the address from which the proxy connects, 127.0.0.1 for example.',
		)
	},
}
