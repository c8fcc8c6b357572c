import { DEFAULT_CONNECTION_CONFIG, DEFAULT_ORIGIN } from '@whiskeysockets/baileys'
import { WebSocket } from 'ws'
import type { Tunnel } from '../../lib/net/tunnel.ts'
import { slowHandshake } from './handshake-timeout.ts'
import { createNetworks, type Network, type WhatsAppServer } from './network.ts'
import { RefusedUpgradeError } from './refused-upgrade.ts'
import { explainTrouble, type Trouble } from './trouble.ts'

export type WhatsAppProbe = {
	/** Its host, for people to read. */
	host: string
	/** Where plain requests find the same server. */
	origin: string
	/** What plain requests go through. @param proxy its URL; null for none */
	tunnel(proxy: string | null): Tunnel | undefined
	/**
	 * Opens a WebSocket as a session does, and closes it before a device names itself.
	 * @param proxy the URL of a proxy on the way; null for none
	 * @returns why that does not work and what to look at; undefined if it works
	 */
	reach(proxy: string | null, timeoutMs: number): Promise<Trouble | undefined>
}

const UNEXPLAINED = 'Look at the internet connection and the firewall of this machine.'

/** What finds out whether WhatsApp can be reached. */
export function createWhatsAppProbe(server: WhatsAppServer): WhatsAppProbe {
	const networks = createNetworks(server)
	const url = new URL(server.wsUrl ?? DEFAULT_CONNECTION_CONFIG.waWebSocketUrl)
	return {
		host: url.host,
		origin: `${url.protocol === 'ws:' ? 'http' : 'https'}://${url.host}`,
		tunnel: (proxy) => networks.through(proxy).tunnel,
		async reach(proxy, timeoutMs) {
			const network = networks.through(proxy)
			try {
				await openAndClose(url, network, timeoutMs)
				return undefined
			} catch (error) {
				const words = `${url.host} cannot be reached (${(error as Error).message}).`
				return explainTrouble(error, network.route) ?? { why: words, advice: UNEXPLAINED }
			}
		},
	}
}

function openAndClose(url: URL, { socket }: Network, timeoutMs: number): Promise<void> {
	const { agent } = socket
	const websocket = new WebSocket(url, { origin: DEFAULT_ORIGIN, ...(agent && { agent }) })
	let timer: NodeJS.Timeout | undefined
	return new Promise<void>((resolve, reject) => {
		timer = setTimeout(() => reject(slowHandshake()), timeoutMs)
		websocket.once('open', resolve)
		websocket.once('unexpected-response', (_, answer) => reject(new RefusedUpgradeError(answer)))
		// As Baileys hands on what the WebSocket says.
		websocket.on('error', (data) => reject(Object.assign(new Error(data.message), { data })))
	}).finally(() => {
		clearTimeout(timer)
		websocket.terminate()
	})
}
