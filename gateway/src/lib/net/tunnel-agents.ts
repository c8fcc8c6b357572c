import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, type AgentOptions } from 'node:https'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { buildConnector } from 'undici'
import type { Tunnel } from './tunnel.ts'

type Options = { host?: string | null; port?: number | string | null; servername?: string }
type Created = (error: Error | null, socket: Duplex) => void

const placeOf = ({ host, port }: Options) => ({ host: host ?? 'localhost', port: Number(port) })
const failed = (created: Created) => (error: Error) => created(error, undefined as never)

/** An agent of node:http whose connections go through a tunnel. */
export function tunnelHttpAgent(tunnel: Tunnel): HttpAgent {
	const agent = new HttpAgent()
	agent.createConnection = (options, created: Created) => {
		tunnel(placeOf(options)).then((socket) => created(null, socket), failed(created))
		return undefined
	}
	return agent
}

/** An agent of node:https whose connections go through a tunnel. */
export function tunnelHttpsAgent(tunnel: Tunnel, agentOptions: AgentOptions): HttpsAgent {
	const agent = new HttpsAgent(agentOptions)
	agent.createConnection = (options, created: Created) => {
		const secured = { ...options, ...agentOptions } as object
		tunnel(placeOf(options)).then(
			(socket) => created(null, connectTls({ ...secured, socket })),
			failed(created),
		)
		return undefined
	}
	return agent
}

/** What undici's agents connect with, through a tunnel. */
export function tunnelConnector(
	tunnel: Tunnel,
	options: buildConnector.BuildOptions,
): buildConnector.connector {
	const secure = buildConnector(options)
	return (to, connected) => {
		const usual = to.protocol === 'http:' ? 80 : 443
		tunnel({ host: to.hostname, port: Number(to.port) || usual }).then(
			(socket) =>
				to.protocol === 'http:'
					? connected(null, socket)
					: secure({ ...to, httpSocket: socket }, connected),
			(error: Error) => connected(error, null),
		)
	}
}
