import { fine, warning, type Check } from '../check.ts'

const names = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'ALL_PROXY', 'all_proxy']

/** The variables by which other programs find a proxy. */
export const proxyEnvironmentCheck: Check = {
	name: 'proxy_environment',
	title: 'Proxy of the system',
	run({ machine: { env } }) {
		const name = names.find((name) => env[name])
		return name
			? warning(
					`${name} is set, and the gateway does not use it: it connects directly.`,
					'If WhatsApp can be reached only through that proxy, set it for each session: PUT /api/v1/sessions/{id}/proxy. Webhooks are always called directly.',
				)
			: fine('No proxy is set in the environment.')
	},
}
