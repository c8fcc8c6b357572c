import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

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
	headers?: Record<string, string>
	body: unknown
}

/** A file that came as a part of a form. */
export interface RecordedFile {
	name: string
	type: string
	bytes: Buffer
}

async function bodyOf(raw: Buffer, type = ''): Promise<unknown> {
	if (!raw.length) return undefined
	if (!type.startsWith('multipart/')) return JSON.parse(String(raw))
	const form = await new Response(new Uint8Array(raw), {
		headers: { 'content-type': type },
	}).formData()
	const parts = [...form].map(async ([name, part]) => [
		name,
		typeof part === 'string' ? part : await fileOf(part),
	])
	return Object.fromEntries(await Promise.all(parts))
}

const fileOf = async (part: File): Promise<RecordedFile> => ({
	name: part.name,
	type: part.type,
	bytes: Buffer.from(await part.arrayBuffer()),
})

/** A real HTTP server that writes down what it is asked and answers what the test tells it to. */
export async function startRecorder(answer: (request: Recorded) => Reply) {
	const requests: Recorded[] = []
	const server = createServer((incoming, outgoing) => {
		void buffer(incoming).then(async (raw) => {
			const { method = '', url = '', headers } = incoming
			const body = await bodyOf(raw, headers['content-type'])
			const request = { method, path: url, headers, body }
			requests.push(request)
			const reply = answer(request)
			const { status, type = 'application/json' } = reply
			outgoing.writeHead(status, { 'content-type': type, ...reply.headers })
			const isRaw = typeof reply.body === 'string' || Buffer.isBuffer(reply.body)
			outgoing.end(isRaw ? reply.body : JSON.stringify(reply.body))
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
