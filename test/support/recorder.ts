import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Recorded {
	method: string
	/** As it came over the wire: still percent-encoded. */
	path: string
	headers: IncomingHttpHeaders
	body: unknown
}

export interface Reply {
	status: number
	type?: string
	body: unknown
}

/** A real HTTP server that writes down what it is asked and answers what the test tells it to. */
export async function startRecorder(answer: (request: Recorded) => Reply) {
	const requests: Recorded[] = []
	const server = createServer((incoming, outgoing) => {
		void text(incoming).then((raw) => {
			const { method = '', url = '', headers } = incoming
			const request = { method, path: url, headers, body: raw ? JSON.parse(raw) : undefined }
			requests.push(request)
			const { status, type = 'application/json', body } = answer(request)
			outgoing.writeHead(status, { 'content-type': type })
			outgoing.end(typeof body === 'string' ? body : JSON.stringify(body))
		})
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo
	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		async stop() {
			server.closeAllConnections()
			server.close()
			await once(server, 'close')
		},
	}
}

export const problem = (status: number, title: string, detail: string, code: string): Reply => ({
	status,
	type: 'application/problem+json',
	body: { type: 'about:blank', status, title, detail, code },
})
