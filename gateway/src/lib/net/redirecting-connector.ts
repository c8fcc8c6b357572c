import type { buildConnector } from 'undici'

/** What undici's agents connect with, where one host is to be found at another place. */
export function redirectingConnector(
	from: string,
	{ host, port }: { host: string; port: number },
	connect: buildConnector.connector,
): buildConnector.connector {
	return (to, connected) => {
		if (to.hostname !== from) return connect(to, connected)
		connect({ ...to, hostname: host, host: `${host}:${port}`, port: String(port) }, connected)
	}
}
