import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestContext } from 'node:test'
import { createHttpServer } from '../../../gateway/src/http/server.ts'
import { ADMIN_KEY, atEnd, type TestGateway } from '../gateway/gateway.ts'
import { until } from '../wait.ts'

/** Serves the gateway on a port of this machine. @returns the port */
export async function listen(t: TestContext, { app }: TestGateway): Promise<number> {
	const server = createHttpServer(app)
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => void server.close())
	return (server.address() as AddressInfo).port
}

/** Opens the stream of a session's events, and reads nothing of it yet. */
export async function openStream(
	port: number,
	query = '',
	headers: Record<string, string> = {},
	session = 'main',
): Promise<IncomingMessage> {
	const path = `/api/v1/sessions/${session}/events/stream${query}`
	const outgoing = request({ port, path, headers: { 'x-api-key': ADMIN_KEY, ...headers } }).end()
	const [answer] = (await once(outgoing, 'response')) as [IncomingMessage]
	return answer
}

/** Reads a stream as a browser does. */
export async function readStream(...args: Parameters<typeof openStream>) {
	const stream = await openStream(...args)
	const events: any[] = []
	const received = { events, comments: 0, lastId: '', ended: false }
	let rest = ''
	stream.setEncoding('utf8').on('data', (text: string) => {
		const blocks = (rest + text).split('\n\n')
		rest = blocks.pop()!
		for (const block of blocks) {
			for (const line of block.split('\n')) {
				if (line.startsWith(':')) received.comments++
				if (line.startsWith('id: ')) received.lastId = line.slice(4)
				if (line.startsWith('data: ')) events.push(JSON.parse(line.slice(6)))
			}
		}
	})
	stream.on('end', () => (received.ended = true)).on('error', () => (received.ended = true))
	return Object.assign(received, {
		status: stream.statusCode,
		type: stream.headers['content-type'],
		close: () => stream.destroy(),
		texts: () => events.map(({ data }) => data.text),
		gets: (text: string) => until(text, () => events.find(({ data }) => data.text === text)),
	})
}
