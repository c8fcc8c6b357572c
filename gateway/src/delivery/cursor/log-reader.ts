import type { GatewayEvent } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../log.ts'
import type { Journal } from '../../session/journal.ts'

export type LogReaderOptions = {
	journal(): Promise<Journal>
	clock: Clock
	log: Log
	/** True when nothing more is to be read. */
	isClosed(): boolean
	/** The function that takes the events of the page that was just read; undefined if the reader is to stop before them. */
	taker(): ((event: GatewayEvent) => void) | undefined
	/** A page was taken. */
	pageTaken(): void
}

/** Events read at a time when catching up. */
const PAGE = 500
/** How long to wait after the log could not be read. */
const RETRY_MS = 5_000

/** Reads the event log in order, up to the newest event that is known, and remembers how far it has read. */
export function createLogReader({ journal, clock, log, ...options }: LogReaderOptions) {
	let read = -1
	let known = 0
	let reading: Promise<void> | undefined

	async function catchUp(): Promise<void> {
		if (read < known) await (reading ??= readOn())
	}

	async function readOn() {
		try {
			while (!options.isClosed() && read < known) {
				const page = await (await journal()).events.after(read, PAGE, known)
				const take = options.taker()
				if (!take) return
				for (const event of page) {
					read = event.seq
					take(event)
				}
				// The missing events were pruned.
				if (page.length === 0) read = known
				options.pageTaken()
			}
		} catch (err) {
			log.warn({ err }, 'the events of a session cannot be read now')
			clock.after(RETRY_MS, catchUp)
		} finally {
			reading = undefined
		}
	}

	return {
		/** The number of the last event that was read. */
		get position() {
			return read
		},
		/** Begins after the event with this number. */
		startAfter(seq: number) {
			read = seq
		},
		/** The log reaches to this number at least. */
		extendTo(seq: number) {
			known = Math.max(known, seq)
		},
		/** Counts an event as read that was handed over. False, and it does not count, unless it is the next one. */
		advanceTo({ seq }: GatewayEvent): boolean {
			if (reading || seq > read + 1) return false
			read = seq
			return true
		},
		/** Reads up to the newest event that is known. Resolves when it has, or when the log cannot be read now. */
		catchUp,
		/** Resolves when nothing is being read. */
		idle: () => reading ?? Promise.resolve(),
	}
}

export type LogReader = ReturnType<typeof createLogReader>
