import type { Readable } from 'node:stream'
import { Agent } from 'undici'
import { GatewayError } from '../../errors.ts'
import { ProxyError } from '../../lib/net/proxy-error.ts'
import { trustBesides } from '../../lib/net/trust.ts'
import { tunnelConnector } from '../../lib/net/tunnel-agents.ts'
import type { Tunnel } from '../../lib/net/tunnel.ts'
import { failureReason } from '../../lib/net/failure-reason.ts'
import type { FetchTimes } from '../limits.ts'

// The signature of a path runs out (403), the file is removed (404, 410): the phone may still have it.
const gone = [403, 404, 410]

/** What fetches from media hosts. It follows no redirect, and trusts this authority besides the known ones. */
export function createHostClient(ca: string | undefined, times: FetchTimes) {
	const secureContext = ca && trustBesides(ca)
	const connecting = { timeout: times.connectMs, ...(secureContext && { secureContext }) }
	const agentWith = (connect: Agent.Options['connect']) =>
		new Agent({ connect, headersTimeout: times.headersMs, bodyTimeout: times.idleMs })
	const direct = agentWith(connecting)
	const proxied = new Map<Tunnel, Agent>()

	function agentFor(tunnel: Tunnel | undefined): Agent {
		if (!tunnel) return direct
		const agent = proxied.get(tunnel) ?? agentWith(tunnelConnector(tunnel, connecting))
		proxied.set(tunnel, agent)
		return agent
	}

	return {
		/** @param tunnel what it connects through, if not directly @throws GatewayError media_gone, media_host_failed */
		async get(place: URL, tunnel?: Tunnel): Promise<Readable> {
			const { statusCode, body } = await agentFor(tunnel)
				.request({
					origin: place.origin,
					path: place.pathname + place.search,
					method: 'GET',
					headers: { origin: 'https://web.whatsapp.com', 'accept-encoding': 'identity' },
				})
				.catch((cause) => {
					if (cause instanceof ProxyError) throw hostFailed(`the proxy ${cause.message}`, cause)
					const reason = failureReason(cause) ?? 'cannot be reached'
					throw hostFailed(`${place.host} ${reason}`, cause)
				})
			if (statusCode === 200) return body
			body.on('error', () => {}).destroy()
			if (gone.includes(statusCode)) throw fileGone(place.host)
			throw hostFailed(`${place.host} answered ${statusCode}`)
		},
		/** Ends what is under way. */
		close: () => Promise.all([direct, ...proxied.values()].map((agent) => agent.destroy())),
	}
}

export type HostClient = ReturnType<typeof createHostClient>

export function hostFailed(why: string, cause?: unknown): GatewayError {
	const advice = `The file could not be got from WhatsApp: ${why}. Try again later.`
	return new GatewayError('media_host_failed', advice, { cause, retryAfter: 30 })
}

function fileGone(host: string) {
	const advice = `${host} does not have the file any longer. Ask its sender for it again.`
	return new GatewayError('media_gone', advice)
}
