import { setTimeout as pause } from 'node:timers/promises'
import type { Log } from '../log.ts'
import { fail } from './errors.ts'

/** `docker stop` kills after 10 s. What must not be lost was durable before the signal came. */
const DEADLINE_MS = 8_000

/** Stopping took too long, and the process was ended as by a crash. */
const UNFINISHED_EXIT = 72

/** Ends the process in order at SIGINT and SIGTERM; at once at a second one, or when that takes too long. */
export function stopOnSignal(stop: () => Promise<void>, log: Log, deadlineMs = DEADLINE_MS): void {
	let stopping = false
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.on(signal, () => {
			if (stopping) process.exit(130)
			stopping = true
			stopWithin(deadlineMs, stop, log).then((code) => process.exit(code), fail)
		})
	}
}

/** Stops, and resolves with the exit code: 0, or another if it took longer than that. @throws what `stop` throws */
export async function stopWithin(
	deadlineMs: number,
	stop: () => Promise<void>,
	log: Pick<Log, 'error' | 'info'>,
): Promise<number> {
	const deadline = new AbortController()
	const tooLong = pause(deadlineMs, UNFINISHED_EXIT, { signal: deadline.signal })
	tooLong.catch(() => {})
	try {
		const code = await Promise.race([stop().then(() => 0), tooLong])
		if (code === 0) log.info('gateway stopped')
		else log.error(`not stopped within ${deadlineMs / 1000} s: exiting with ${code}`)
		return code
	} finally {
		deadline.abort()
	}
}
