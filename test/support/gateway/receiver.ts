import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { until } from '../wait.ts'
import { atEnd } from './gateway.ts'

export type Post = { path: string; headers: IncomingHttpHeaders; raw: string; event: any }

/** A webhook's other end: a real HTTP server that keeps what it gets. `answer` chooses the status. */
export async function openReceiver(t: TestContext, answer: (post: Post) => number = () => 204) {
	const posts: Post[] = []
	const server = createServer((incoming, outgoing) => {
		void text(incoming).then((raw) => {
			const post = {
				path: incoming.url ?? '',
				headers: incoming.headers,
				raw,
				event: JSON.parse(raw),
			}
			posts.push(post)
			outgoing.writeHead(answer(post)).end()
		})
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		server.closeAllConnections()
		server.close()
	})
	const { port } = server.address() as AddressInfo
	return {
		url: `http://127.0.0.1:${port}/hook`,
		port,
		posts,
		/** The first post that fits, as soon as it is there. */
		gets: (fits: (post: Post) => boolean = () => true) =>
			until('the webhook is called', () => posts.find(fits)),
	}
}
