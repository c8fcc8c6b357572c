import { Readable } from 'node:stream'
import { Agent, request as send } from 'undici'
import { SECOND_MS } from '../../lib/units.ts'
import type { BodyTape } from './body-tape.ts'
import { internalHeaders, signRequest } from './signature.ts'
import type { Vouched } from './request-scope.ts'

const CONNECT_MS = 3 * SECOND_MS
/** Less than the other side keeps an idle connection: a request never meets one that is just being closed. */
const IDLE_MS = 4 * SECOND_MS

/** Set by a gateway that does not have the session, in a response that has done nothing. */
export const NOT_OWNER = 'wag-not-owner'

/** What became of a request to another gateway. */
export type HopResult =
	| { is: 'answered'; response: Response }
	/** It does not have the session, and has done nothing. */
	| { is: 'refused' }
	/** Nothing of the request has left. */
	| { is: 'unreached'; error: unknown }
	/** The connection broke before the answer, or there was none in time: it may have been carried out. */
	| { is: 'unanswered'; error: unknown }

/** A request to be sent to another gateway. */
export type Forwarded = {
	request: Request
	body: BodyTape | undefined
	/** Ends it. */
	signal: AbortSignal
	vouched: Vouched
	/** What the response gets as well. */
	headers: Iterable<readonly [string, string]>
}

/** Sends requests to other gateways. */
export type Hop = ReturnType<typeof createHop>

/** @param answerMs how long an answer may take, from when the whole request was sent */
export function createHop({ key, answerMs }: { key: string; answerMs: number }) {
	const agent = new Agent({
		connect: { timeout: CONNECT_MS },
		keepAliveTimeout: IDLE_MS,
		keepAliveMaxTimeout: IDLE_MS,
		headersTimeout: answerMs,
		// Streams of events are silent for as long as nothing happens.
		bodyTimeout: 0,
	})

	return {
		/** @param node the name of this gateway */
		async send(
			{ request, body, signal, vouched, headers }: Forwarded,
			to: { address: string; epoch: number },
			node: string,
		): Promise<HopResult> {
			const path = pathOf(request)
			const { method } = request
			const signed = signRequest(key, { node, method, path, epoch: to.epoch, vouched })
			try {
				const answer = await send(`${to.address}${path}`, {
					dispatcher: agent,
					method: method as 'GET',
					headers: { ...forwardedHeaders(request.headers), ...signed },
					body: body ? Readable.from(body.stream()) : null,
					signal,
				})
				if (answer.headers[NOT_OWNER] === undefined)
					return { is: 'answered', response: responseOf(answer, headers) }
				await answer.body.dump()
				return { is: 'refused' }
			} catch (error) {
				return { is: wasSent(error) ? 'unanswered' : 'unreached', error }
			}
		},
		/** Cuts every connection: streams have no end. */
		close: () => agent.destroy(),
	}
}

/** The path of a request, with its query. */
export function pathOf({ url }: Request): string {
	const { pathname, search } = new URL(url)
	return `${pathname}${search}`
}

/** Of one connection, so that they end with it. */
const ofConnection = [
	'connection',
	'keep-alive',
	'transfer-encoding',
	'te',
	'trailer',
	'upgrade',
	'expect',
	'proxy-authorization',
	'proxy-connection',
]

function forwardedHeaders(headers: Headers): Record<string, string> {
	const left = [...headers].filter(
		([name]) => !ofConnection.includes(name) && !internalHeaders.includes(name),
	)
	return Object.fromEntries(left)
}

function responseOf(
	{ statusCode: status, headers, body }: Awaited<ReturnType<typeof send>>,
	more: Iterable<readonly [string, string]>,
): Response {
	const shown = new Headers()
	for (const [name, value] of Object.entries(headers)) {
		if (ofConnection.includes(name) || value === undefined) continue
		for (const each of [value].flat()) shown.append(name, each)
	}
	for (const [name, value] of more) shown.set(name, value)
	if (hasNoBody.has(status)) {
		body.resume()
		return new Response(null, { status, headers: shown })
	}
	return new Response(streamOf(body), { status, headers: shown })
}

/** Not by `Readable.toWeb`: a client that goes while bytes come makes it throw where nobody catches it (Node 24). */
function streamOf(body: Readable): ReadableStream<Uint8Array> {
	// Who reads learns of it; when the client goes, nobody reads.
	body.on('error', () => {})
	const bytes = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
	return new ReadableStream<Uint8Array>(
		{
			async pull(controller) {
				const { done, value } = await bytes.next()
				if (done) controller.close()
				else controller.enqueue(value)
			},
			cancel: () => void body.destroy(),
		},
		{ highWaterMark: 0 },
	)
}

const hasNoBody = new Set([204, 205, 304])

/** What Node and undici say when there is no connection to send anything on. */
const beforeSending = new Set([
	'ECONNREFUSED',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ENOTFOUND',
	'EAI_AGAIN',
	'UND_ERR_CONNECT_TIMEOUT',
])

function wasSent(error: unknown): boolean {
	const { code = '', syscall } = error as NodeJS.ErrnoException
	return !beforeSending.has(code) && syscall !== 'connect'
}
