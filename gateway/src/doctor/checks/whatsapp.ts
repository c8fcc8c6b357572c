import { SECOND_MS } from '../../lib/units.ts'
import { placeOf } from '../../lib/net/proxy-url.ts'
import { createWhatsAppProbe } from '../../session/connection/probe.ts'
import { fine, wrong, type Check } from '../check.ts'

const TIMEOUT_MS = 8 * SECOND_MS
/** More proxies than these are not tried. */
const MOST_WAYS = 20

/** Whether WhatsApp can be reached, by each way that the sessions take. */
export const whatsAppCheck: Check = {
	name: 'whatsapp',
	title: 'WhatsApp',
	async run({ whatsapp, stored }) {
		let server
		try {
			server = await whatsapp()
		} catch (error) {
			return wrong((error as Error).message)
		}
		if (server === 'built-in') return fine('The simulated WhatsApp starts with the gateway.')
		const probe = createWhatsAppProbe(server)
		const used = (await stored().catch(() => undefined))?.proxies ?? []
		const ways = [...new Set(used.length ? used : [null])].slice(0, MOST_WAYS)
		return Promise.all(
			ways.map(async (proxy) => {
				const trouble = await probe.reach(proxy, TIMEOUT_MS)
				if (trouble) return wrong(`No connection to WhatsApp: ${trouble.why}`, trouble.advice)
				const by = proxy === null ? '' : ` through the proxy ${nameOfPlace(proxy)}`
				return fine(`WhatsApp (${probe.host}) can be reached${by}.`)
			}),
		)
	},
}

function nameOfPlace(proxy: string): string {
	const { host, port } = placeOf(new URL(proxy))
	return `${host}:${port}`
}
