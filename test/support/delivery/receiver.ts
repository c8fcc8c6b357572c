import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { atEnd } from '../gateway/gateway.ts'
import { until } from '../wait.ts'

export type Post = { headers: IncomingHttpHeaders; raw: string; event: any; at: number }
/** Answers a delivery: returns a status, or writes the answer itself. */
export type Behaviour = (post: Post, answer: ServerResponse) => number | void

/** The target of a webhook. Its behaviour can change, and it can refuse connections for a while. */
export async function openReceiver(t: TestContext, behaviour: Behaviour = () => 204) {
	const posts: Post[] = []
	const server = createServer((incoming, answer) => {
		void text(incoming).then(
			(raw) => {
				const post = {
					headers: incoming.headers,
					raw,
					event: JSON.parse(raw),
					at: performance.now(),
				}
				posts.push(post)
				const status = receiver.behaviour(post, answer)
				if (typeof status === 'number') answer.writeHead(status).end()
			},
			() => {},
		)
	}).listen(0, '127.0.0.1')
	await once(server, 'listening')
	const { port } = server.address() as AddressInfo

	function close() {
		server.close()
		server.closeAllConnections()
	}
	atEnd(t, close)

	const receiver = {
		behaviour,
		url: `http://127.0.0.1:${port}/hook`,
		posts,
		/** Refuses connections from now on. */
		close,
		/** Accepts connections again, on the same port. */
		async open() {
			server.listen(port, '127.0.0.1')
			await once(server, 'listening')
		},
		gets: (fits: (post: Post) => boolean = () => true) =>
			until('the webhook is called', () => posts.find(fits)),
		ids: () => posts.map(({ headers }) => headers['webhook-id']),
		texts: () => posts.map(({ event }) => event.data.text),
	}
	return receiver
}
