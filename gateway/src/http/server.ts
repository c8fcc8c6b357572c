import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http'
import { createAdaptorServer } from '@hono/node-server'
import { HOUR_MS, SECOND_MS } from '../lib/units.ts'

type App = Parameters<typeof createAdaptorServer>[0]['fetch']

/** A file of 100 MB at 256 kbit/s. `limitSlowBodies` ends slower bodies. */
const REQUEST_TIMEOUT_MS = HOUR_MS
/** Some ten thousand sessions. */
const MAX_INTERNAL_HEADERS = 1024 * 1024
const LINGER_MS = 30 * SECOND_MS
/** The status of a body that no longer comes. */
const REQUEST_TIMEOUT = 408

/** The HTTP server of the gateway, which does not listen yet. */
export function createHttpServer({ fetch }: { fetch: App }, options: ServerOptions = {}): Server {
	const server = createAdaptorServer({
		fetch,
		// It would cut the connection of a client that sends on after half a second.
		autoCleanupIncoming: false,
		serverOptions: { requestTimeout: REQUEST_TIMEOUT_MS, ...options },
	}) as Server
	server.on('request', (incoming: IncomingMessage, outgoing: ServerResponse) => {
		// Before Node's own listener, which closes a connection that is not kept alive.
		outgoing.prependOnceListener('finish', () => linger(incoming, outgoing))
	})
	return server
}

/** The HTTP server for other gateways. They name in a header all sessions that a key may use. */
export const createInternalServer = (app: { fetch: App }): Server =>
	createHttpServer(app, { maxHeaderSize: MAX_INTERNAL_HEADERS })

/**
 * Many clients read a response only after they have sent everything, and never see it if the connection is cut before:
 * what they send after the response is read and dropped, but not for ever.
 */
function linger(incoming: IncomingMessage, outgoing: ServerResponse): void {
	if (incoming.complete) return
	const { socket } = incoming
	const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref()
	if (!outgoing.shouldKeepAlive && outgoing.statusCode !== REQUEST_TIMEOUT) closeAfter(incoming)
	// Node no longer tells a request that was answered: what still reads its body would wait for ever.
	const end = () => incoming.destroy()
	socket.once('close', end)
	incoming.once('close', () => {
		clearTimeout(timer)
		socket.off('close', end)
	})
}

/** Closes a connection not with its response, but when the body of its request has come. */
function closeAfter(incoming: IncomingMessage): void {
	const { socket } = incoming
	socket.destroySoon = () => {}
	incoming.once('close', () => socket.end())
}
