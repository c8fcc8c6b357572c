import { Agent, request } from 'undici'
import type { Tunnel } from '../../lib/net/tunnel.ts'
import { tunnelConnector } from '../../lib/net/tunnel-agents.ts'
import { SECOND_MS } from '../../lib/units.ts'
import { createWhatsAppProbe } from '../../session/connection/probe.ts'
import { fine, unknown, wrong, type Check } from '../check.ts'

const TIMEOUT_MS = 5 * SECOND_MS
/** Signatures of webhooks, which have their time, are accepted for minutes; certificates and links depend on it as well. */
const TOLERANCE_MS = 60 * SECOND_MS

export const clockCheck: Check = {
	name: 'clock',
	title: 'Clock',
	async run({ whatsapp, stored }) {
		const server = await whatsapp().catch(() => undefined)
		if (server === 'built-in')
			return unknown('The clock was not compared: the simulated WhatsApp has the same one.')
		const { origin, host, tunnel } = createWhatsAppProbe(server ?? {})
		const used = (await stored().catch(() => undefined))?.proxies ?? []
		// Never around the proxies, where all sessions have one.
		const way = used.includes(null) ? null : (used[0] ?? null)
		const ahead = await aheadOf(origin, tunnel(way))
		if (ahead === undefined) return unknown(`The clock was not compared: ${host} tells no time.`)
		if (Math.abs(ahead) <= TOLERANCE_MS) return fine(`The clock is the same as that of ${host}.`)
		const seconds = Math.round(Math.abs(ahead) / SECOND_MS)
		return wrong(
			`The clock of this machine is ${seconds} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of ${host}.`,
			'Let it follow a time server (timedatectl set-ntp true). In a container it is the clock of the host.',
		)
	},
}

/** By how many milliseconds our clock is ahead of that of a server; undefined if it does not say. */
async function aheadOf(origin: string, tunnel: Tunnel | undefined): Promise<number | undefined> {
	const connect = tunnel && tunnelConnector(tunnel, { timeout: TIMEOUT_MS })
	const dispatcher = connect && new Agent({ connect })
	const begun = Date.now()
	try {
		const signal = AbortSignal.timeout(TIMEOUT_MS)
		const { headers, body } = await request(origin, {
			...{ method: 'HEAD', signal },
			...(dispatcher && { dispatcher }),
		})
		await body.dump()
		// The server wrote it in between, and without milliseconds.
		const theirs = Date.parse(String(headers.date)) + SECOND_MS / 2
		return Number.isNaN(theirs) ? undefined : (begun + Date.now()) / 2 - theirs
	} catch {
		return undefined
	} finally {
		await dispatcher?.destroy()
	}
}
