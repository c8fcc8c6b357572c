import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'

/** A real HTTP server on this machine, and what it was asked. */
export async function openServer(t: TestContext, answer: RequestListener) {
	const requests: { url: string; headers: Record<string, unknown> }[] = []
	let connections = 0
	const server = createServer((request, response) => {
		requests.push({ url: request.url!, headers: request.headers })
		answer(request, response)
	})
	server.on('connection', () => connections++)
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
	t.after(() => {
		server.closeAllConnections()
		server.close()
	})
	const { port } = server.address() as AddressInfo
	return { port, requests, connections: () => connections, url: `http://127.0.0.1:${port}` }
}
