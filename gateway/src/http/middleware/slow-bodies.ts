import type { IncomingMessage } from 'node:http'
import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import { SECOND_MS } from '../../lib/units.ts'

const WINDOW_MS = 30 * SECOND_MS
/** 64 kbit/s: the slowest line of which a file may come. */
const MIN_BYTES_PER_SECOND = 8 * 1024

/**
 * Ends requests whose body stops coming, or comes too slowly: they would hold a place, and memory. While the gateway
 * itself does not read, because others have their turn, no time counts.
 * @param windowMs how long a body may be too slow
 * @throws GatewayError request_timeout
 */
export function limitSlowBodies(windowMs = WINDOW_MS): MiddlewareHandler {
	return async function limitSlowBodies(c, next) {
		const incoming = incomingOf(c.env as object | undefined)
		if (!incoming || incoming.complete) return next()
		const watch = watchBody(incoming, windowMs)
		try {
			// The handler ends by itself as soon as the connection is closed.
			await Promise.race([next(), watch.tooSlow])
		} catch (error) {
			if (incoming.complete === false) c.header('Connection', 'close')
			throw error
		} finally {
			watch.stop()
		}
	}
}

/** As `limitSlowBodies`, for a body that goes to another gateway while it comes. @throws GatewayError request_timeout */
export function whileBodyComes(windowMs = WINDOW_MS) {
	return async function whileBodyComes<T>(env: object | undefined, work: Promise<T>): Promise<T> {
		const incoming = incomingOf(env)
		if (!incoming || incoming.complete) return work
		const watch = watchBody(incoming, windowMs)
		return Promise.race([work, watch.tooSlow]).finally(watch.stop)
	}
}

const incomingOf = (env: object | undefined) =>
	(env as { incoming?: IncomingMessage } | undefined)?.incoming

function watchBody(incoming: IncomingMessage, windowMs: number) {
	const { socket } = incoming
	const tickMs = windowMs / 6
	const minBytes = (windowMs / SECOND_MS) * MIN_BYTES_PER_SECOND
	const { promise: tooSlow, reject } = Promise.withResolvers<never>()
	let waitedMs = 0
	let bytesAtStart = socket.bytesRead

	function begin() {
		waitedMs = 0
		bytesAtStart = socket.bytesRead
	}

	function tick() {
		if (incoming.complete) return stop()
		const isOurTurn = incoming.readableLength > 0
		if (isOurTurn) return begin()
		waitedMs += tickMs
		if (waitedMs < windowMs) return
		if (socket.bytesRead - bytesAtStart < minBytes) reject(timedOut(windowMs))
		begin()
	}

	const timer = setInterval(tick, tickMs).unref()
	const stop = () => clearInterval(timer)
	return { tooSlow, stop }
}

function timedOut(windowMs: number): GatewayError {
	const advice =
		`The body stopped coming or came too slowly: at least ${MIN_BYTES_PER_SECOND} bytes per second are ` +
		`needed over ${Math.ceil(windowMs / SECOND_MS)} seconds. Send the request again.`
	return new GatewayError('request_timeout', advice)
}
