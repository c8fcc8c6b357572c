import type { GatewayEvent } from '../events/index.ts'
import type { Notifier } from './notifier.ts'

export type StreamOptions = {
	session: string
	notifier: Notifier
	/** Reads durable events after a number, in order. */
	read(after: number, limit: number): Promise<GatewayEvent[]>
	/** The number of the last event that the client knows. */
	after: number
	wants(type: string): boolean
	/** Ends the stream. */
	signal: AbortSignal
	heartbeatMs: number
}

/** Events read at a time: no more are held for a client that does not read. */
const PAGE = 100
const RECONNECT_MS = 2_000

/**
 * The events of a session as server-sent events. What the client has not yet taken stays in the log.
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function eventStream(options: StreamOptions): ReadableStream<Uint8Array> {
	const { session, notifier, read, wants, signal, heartbeatMs } = options
	const encoder = new TextEncoder()
	let { after } = options
	let isNew = true
	let isOver = signal.aborted
	let wake = () => {}

	const unlisten = notifier.listen(session, () => {
		isNew = true
		wake()
	})
	signal.addEventListener('abort', end)

	function end() {
		isOver = true
		unlisten()
		signal.removeEventListener('abort', end)
		wake()
	}

	/** Resolves with false when no event came within `heartbeatMs`. */
	function waitForEvents(): Promise<boolean> {
		return new Promise((resolve) => {
			const timer = setTimeout(() => resolve(false), heartbeatMs).unref()
			wake = () => {
				clearTimeout(timer)
				resolve(true)
			}
			if (isNew || isOver) wake()
		})
	}

	/** The next thing to be written; undefined at the end. */
	async function next(): Promise<string | undefined> {
		while (!isOver) {
			if (!(await waitForEvents())) return heartbeat(after)
			isNew = false
			const page = await read(after, PAGE)
			// A full page is not the end of what there is.
			if (page.length === PAGE) isNew = true
			after = page.at(-1)?.seq ?? after
			const text = page.filter(({ type }) => wants(type)).map(written)
			if (text.length) return text.join('')
		}
		return undefined
	}

	return new ReadableStream<Uint8Array>(
		{
			start: (controller) => controller.enqueue(encoder.encode(`retry: ${RECONNECT_MS}\n\n`)),
			async pull(controller) {
				const text = await next().catch(() => undefined)
				if (text !== undefined) return controller.enqueue(encoder.encode(text))
				end()
				controller.close()
			},
			cancel: end,
		},
		{ highWaterMark: 0 },
	)
}

const written = (event: GatewayEvent) => `id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`

/** Tells the client up to which number the log was read, though it had no event for this client. */
const heartbeat = (after: number) => `: nothing new\nid: ${after}\n\n`
