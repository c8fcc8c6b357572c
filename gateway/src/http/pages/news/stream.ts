import type { GatewayEvent } from '../../../events/index.ts'
import { createCondition } from '../../../lib/condition.ts'
import { createStateDiff, type NewsState } from './state.ts'
import type { createEventReader } from './events.ts'

export type NewsOptions = {
	/** What there is when the page opens. */
	state: NewsState
	/** The last events, of each session oldest first. */
	events: GatewayEvent[]
	/** Reads the state again. */
	read(): NewsState | Promise<NewsState>
	reader: ReturnType<typeof createEventReader>
	/** Calls when a session has new events. @returns a function that stops it */
	listen(notify: (session: string) => void): () => void
	wants(event: GatewayEvent): boolean
	heartbeatMs?: number
}

/** The state has counters that change without an event: it is compared this often. */
const COMPARE_MS = 1000
/** A page believes that it is no longer live after 30 s without a word. */
const HEARTBEAT_MS = 10_000
const RECONNECT_MS = 1000

/**
 * What a page needs to stay up to date, as server-sent events: `snapshot` first, then `session`, `webhook` and `event`
 * as they change, and `ping`. What the page has not taken yet stays in the event log. A page that comes back gets a
 * snapshot again: everything in it has an id.
 */
export function newsStream(options: NewsOptions): ReadableStream<Uint8Array> {
	const { reader, read, wants, heartbeatMs = HEARTBEAT_MS } = options
	const encoder = new TextEncoder()
	const changesTo = createStateDiff(options.state)
	let lastWord = Date.now()
	let isOver = false
	const changes = createCondition()
	const unlisten = options.listen((session) => {
		reader.noted(session)
		changes.happen()
	})

	/** The next news; undefined at the end. */
	async function next(): Promise<string | undefined> {
		while (!isOver) {
			await changes.until(() => isOver || reader.hasNew(), COMPARE_MS)
			const events = (await reader.next()).filter(wants)
			const text = [
				...changesTo(await read()).map((change) => written(change.type, change)),
				...events.map((event) => written('event', event)),
			].join('')
			if (text) return text
			if (Date.now() > lastWord + heartbeatMs) return written('ping', {})
		}
		return undefined
	}

	return new ReadableStream<Uint8Array>(
		{
			start(controller) {
				const { state, events } = options
				const snapshot = written('snapshot', { ...state, events: events.filter(wants) })
				controller.enqueue(encoder.encode(`retry: ${RECONNECT_MS}\n\n${snapshot}`))
			},
			async pull(controller) {
				const text = await next().catch(() => undefined)
				lastWord = Date.now()
				if (text !== undefined) return controller.enqueue(encoder.encode(text))
				unlisten()
				controller.close()
			},
			cancel() {
				isOver = true
				unlisten()
				changes.happen()
			},
		},
		{ highWaterMark: 0 },
	)
}

const written = (event: string, data: object) =>
	`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
