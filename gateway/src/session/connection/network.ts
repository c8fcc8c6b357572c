import { Agent as HttpsAgent } from 'node:https'
import {
	DEFAULT_CONNECTION_CONFIG,
	WA_CERT_DETAILS,
	type SocketConfig,
} from '@whiskeysockets/baileys'
import { Agent, buildConnector } from 'undici'
import { useKeyObjects } from '../../lib/key-objects.ts'
import { createLru } from '../../lib/lru.ts'
import { redirectingConnector } from '../../lib/net/redirecting-connector.ts'
import { trustBesides } from '../../lib/net/trust.ts'
import { tunnelConnector, tunnelHttpAgent, tunnelHttpsAgent } from '../../lib/net/tunnel-agents.ts'
import { placeOf } from '../../lib/net/proxy-url.ts'
import { tunnelThrough, type NetworkPlace, type Tunnel } from '../../lib/net/tunnel.ts'
import { checkSignatures } from './signatures.ts'
import type { Route } from './trouble.ts'

/** Where WhatsApp is. Everything left out is WhatsApp's own. */
export type WhatsAppServer = {
	wsUrl?: string | undefined
	/** 64 hex characters. */
	noiseRoot?: string | undefined
	/** PEM text. */
	mediaCa?: string | undefined
}

/** How a session reaches WhatsApp. */
export type Network = {
	/** What Baileys must be told. */
	socket: Partial<Pick<SocketConfig, 'waWebSocketUrl' | 'agent' | 'options' | 'fetchAgent'>>
	/** The way, for who has to say why it does not work. */
	route: Route
	/** For uploads, which go through node:https; undefined for the usual one. */
	uploadAgent: HttpsAgent | undefined
	/** For downloads; undefined without a proxy. */
	tunnel: Tunnel | undefined
	/** Whether it leads to a simulated WhatsApp. */
	isSimulated: boolean
}

export type Networks = ReturnType<typeof createNetworks>

/** Proxies whose connections are kept open for the next file. */
const PROXIES = 1_000

/** Where Baileys gets files whose references name no host. A server with an authority of its own has them itself. */
const FILE_HOST = 'mmg.whatsapp.net'

/** The ways to a server. Its trust root is process-wide: all sessions of a process talk to the same server. */
export function createNetworks({ wsUrl, noiseRoot, mediaCa }: WhatsAppServer) {
	checkSignatures()
	useKeyObjects()
	if (noiseRoot) WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(noiseRoot, 'hex')
	const trust = mediaCa ? { secureContext: trustBesides(mediaCa) } : {}
	// A server that proves itself by another root of trust is not WhatsApp.
	const isSimulated = noiseRoot !== undefined
	const url = new URL(wsUrl ?? DEFAULT_CONNECTION_CONFIG.waWebSocketUrl)
	const server: NetworkPlace = {
		host: url.hostname,
		port: Number(url.port) || (url.protocol === 'ws:' ? 80 : 443),
	}
	const place = wsUrl ? { waWebSocketUrl: wsUrl } : {}
	const direct: Network = mediaCa
		? networkWith(undefined)
		: { socket: place, route: routeBy(), isSimulated, ...noAgents }
	const proxied = createLru<string, Network>(PROXIES)

	function routeBy(proxy?: string): Route {
		return { server, proxy: proxy === undefined ? undefined : placeOf(new URL(proxy)) }
	}

	function networkWith(proxy: string | undefined): Network {
		const tunnel = proxy === undefined ? undefined : tunnelThrough(proxy)
		const fetchAgent = tunnel
			? tunnelHttpsAgent(tunnel, { ...trust, keepAlive: true })
			: new HttpsAgent({ ...trust, keepAlive: true })
		const connect = mediaCa
			? redirectingConnector(FILE_HOST, server, connectorFor(tunnel))
			: connectorFor(tunnel)
		// fetch takes undici's dispatchers, only the types of its built-in copy do not know this one.
		const options = { dispatcher: new Agent({ connect }) } as unknown as RequestInit
		const socket = { ...place, fetchAgent, options, ...(tunnel && { agent: agentFor(tunnel) }) }
		return { socket, route: routeBy(proxy), uploadAgent: fetchAgent, tunnel, isSimulated }
	}

	function connectorFor(tunnel: Tunnel | undefined) {
		return tunnel ? tunnelConnector(tunnel, trust) : buildConnector(trust)
	}

	// Baileys says that it wants one of node:https, and hands it to `ws`, which takes that of its URL.
	const agentFor = (tunnel: Tunnel) =>
		(url.protocol === 'ws:' ? tunnelHttpAgent(tunnel) : tunnelHttpsAgent(tunnel, {})) as HttpsAgent

	return {
		/** @param proxy its URL; null for none */
		through(proxy: string | null): Network {
			if (proxy === null) return direct
			const known = proxied.get(proxy) ?? networkWith(proxy)
			proxied.set(proxy, known)
			return known
		},
		/** Where WhatsApp's server is. */
		server,
	}
}

const noAgents = { uploadAgent: undefined, tunnel: undefined }
