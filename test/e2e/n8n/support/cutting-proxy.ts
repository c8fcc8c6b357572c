import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands between n8n and the gateway, and hangs up once on each send after the gateway has answered it. */
export async function startCuttingProxy(target: string) {
	const answered = new Set<string>()
	let cuts = 0

	function isCut(key: string | undefined): boolean {
		if (!key || answered.has(key)) return false
		answered.add(key)
		cuts++
		return true
	}

	const server = createServer((incoming, outgoing) => {
		const { method, url = '', headers } = incoming
		const onward = request(new URL(url, target), { method, headers }, (answer) => {
			if (isCut(headers['idempotency-key'] as string | undefined)) {
				answer.resume().on('end', () => incoming.socket.destroy())
				return
			}
			outgoing.writeHead(answer.statusCode!, answer.headers)
			answer.pipe(outgoing)
		})
		incoming.pipe(onward)
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return {
		url: `http://127.0.0.1:${port}`,
		get cuts() {
			return cuts
		},
		async stop() {
			server.closeAllConnections()
			server.close()
			await once(server, 'close')
		},
	}
}
