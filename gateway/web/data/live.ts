import { urlOf } from './api.ts'

export type LiveOptions = {
	/** Below `/console/api`. */
	path: string
	/** Called with each message by its name, as JSON. */
	on: Record<string, (data: never) => void>
	/** Whether news come: false from the moment they no longer do. */
	onLive(isLive: boolean): void
	/** Called when the gateway refuses the stream, which does not tell why. */
	onClosed?(): void
}

/** The gateway pings every 10 s, and says something as soon as a page connects. */
const SILENCE_MS = 30_000
const RETRY_MS = 2000

/**
 * Keeps a stream of news open: it connects again by itself, for ever. A stream that says nothing for half a minute is
 * not live, as behind a proxy that holds it back. Nor is one of which only the head has come: such a proxy lets it through.
 * @returns a function that closes it
 */
export function openLive({ path, on, onLive, onClosed }: LiveOptions): () => void {
	let source: EventSource
	let timer: ReturnType<typeof setTimeout>
	let isClosed = false

	function connect() {
		source = new EventSource(urlOf(path))
		// A browser gives up at an answer that is no stream, as of a proxy whose gateway is down.
		source.onerror = () => {
			onLive(false)
			if (source.readyState === EventSource.CLOSED) later()
		}
		for (const [name, handle] of Object.entries<(data: never) => void>({ ping() {}, ...on }))
			source.addEventListener(name, ({ data }) => {
				heard()
				handle(JSON.parse(data) as never)
			})
		watch()
	}

	function heard() {
		onLive(true)
		watch()
	}

	function watch() {
		clearTimeout(timer)
		timer = setTimeout(() => {
			onLive(false)
			source.close()
			connect()
		}, SILENCE_MS)
	}

	function later() {
		clearTimeout(timer)
		onClosed?.()
		timer = setTimeout(() => {
			if (!isClosed) connect()
		}, RETRY_MS)
	}

	connect()
	return () => {
		isClosed = true
		clearTimeout(timer)
		source.close()
	}
}
