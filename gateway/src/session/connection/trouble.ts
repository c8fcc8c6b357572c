import { failureReason } from '../../lib/net/failure-reason.ts'
import { ProxyError } from '../../lib/net/proxy-error.ts'
import type { NetworkPlace } from '../../lib/net/tunnel.ts'
import { isSlowHandshake } from './handshake-timeout.ts'
import { RefusedUpgradeError } from './refused-upgrade.ts'

/** The way to WhatsApp's server. */
export type Route = { server: NetworkPlace; proxy: NetworkPlace | undefined }

/** Why there is no connection to WhatsApp, and what to look at: a sentence each. */
export type Trouble = { why: string; advice: string }

/** Both in one text; undefined if the error says nothing of the network. */
export function troubleOf(error: unknown, route: Route): string | undefined {
	const trouble = explainTrouble(error, route)
	return trouble && `${trouble.why} ${trouble.advice}`
}

/** Explains the error of a connection to WhatsApp; undefined if it says nothing of the network. */
export function explainTrouble(error: unknown, { server, proxy }: Route): Trouble | undefined {
	// Baileys wraps what the WebSocket says (socket.js, mapWebSocketError).
	const cause = (error as { data?: unknown } | undefined)?.data
	if (cause instanceof ProxyError)
		return {
			why: `The proxy ${proxy?.host}:${proxy?.port} ${cause.message}.`,
			advice: 'Look at the proxy of this session.',
		}
	const why = ownWords(error) ?? failureReason(cause)
	return why === undefined ? undefined : { why: `${server.host} ${why}.`, advice: adviceFor(why) }
}

/** What Baileys says of a server whose key is not WhatsApp's (noise-handler.js, processHandshake). */
const REFUSED_CERTIFICATE = /^(invalid )?noise .*certificate/

/** Of errors that are no failure of the network. */
function ownWords(error: unknown): string | undefined {
	if (error instanceof Error && REFUSED_CERTIFICATE.test(error.message))
		return 'shows a certificate that WhatsApp has not signed'
	if (isSlowHandshake(error)) return 'does not answer'
	if (error instanceof RefusedUpgradeError) return `answers ${error.status} instead of a WebSocket`
	return undefined
}

/** By the words of the reason, of which there are as many as it takes to tell these apart. */
const advices: [about: RegExp, advice: string][] = [
	[
		/not signed/,
		'Something may answer in the place of WhatsApp. If WhatsApp has a new root certificate, update the gateway.',
	],
	[/address/, 'Look at the DNS and the internet connection of this machine.'],
	[
		/TLS/,
		'A firewall or virus scanner may open the connections of this machine, or its clock be wrong.',
	],
	[/WebSocket/, 'A firewall or the login page of a network may answer in its place.'],
]

const adviceFor = (why: string) =>
	advices.find(([about]) => about.test(why))?.[1] ??
	'Look at the internet connection and the firewall of this machine.'
