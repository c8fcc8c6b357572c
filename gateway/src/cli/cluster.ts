import type { Server } from 'node:http'
import { ConfigError } from '../config/read-config.ts'
import { isClustered } from '../config/rules.ts'
import type { Config } from '../config/settings.ts'
import { isLoopback } from '../lib/net/is-loopback.ts'
import { readKeyFile } from '../storage/json/encryption.ts'

/** HTTP's own, which `URL` leaves out. */
const STANDARD_PORT = 80

/** What a gateway needs to forward requests to others; undefined without a cluster. @throws StateKeyError */
export async function forwardingOf(config: Config): Promise<{ key: string } | undefined> {
	if (!isClustered(config)) return undefined
	const { CLUSTER_KEY, CLUSTER_KEY_FILE } = config
	return { key: CLUSTER_KEY ?? (await readKeyFile(CLUSTER_KEY_FILE!, 'CLUSTER_KEY_FILE')) }
}

/**
 * Listens for the other gateways, at the port of NODE_ADDRESS. At all addresses, unless that is one of this machine only:
 * what others call it, as a name that a cluster gives, is not always an address that a process can listen at.
 * @throws ConfigError
 */
export async function listenToGateways(server: Server, address: string): Promise<void> {
	const { port, hostname } = new URL(address)
	const name = hostname.replace(/^\[(.*)\]$/, '$1')
	const host = isLoopback(name) ? name : undefined
	await new Promise<void>((resolve, reject) => {
		server.once('error', (cause) => {
			const advice = `NODE_ADDRESS=${address}: this gateway cannot listen at its port (${cause.message}).`
			reject(new ConfigError(advice, { cause }))
		})
		server.listen(Number(port || STANDARD_PORT), host, resolve)
	})
}
