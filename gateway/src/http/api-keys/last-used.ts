import { MINUTE_MS } from '../../lib/units.ts'

const WRITE_AFTER_MS = MINUTE_MS

/**
 * When each key was last used. Saved within a minute of a use, so that a request does not wait for the disk.
 * @param write saves the times, ISO 8601 by key
 */
export function createLastUsed(write: (times: ReadonlyMap<string, string>) => Promise<void>) {
	const times = new Map<string, string>()
	let timer: NodeJS.Timeout | undefined

	async function flush() {
		clearTimeout(timer)
		timer = undefined
		await write(times)
	}

	return {
		/** ISO 8601; undefined if it was not used since the start. */
		of: (key: string) => times.get(key),
		note(key: string): void {
			times.set(key, new Date().toISOString())
			// After a failure the times are saved with the next use.
			timer ??= setTimeout(() => void flush().catch(() => {}), WRITE_AFTER_MS).unref()
		},
		/** Saves the times that are not saved yet. */
		async close(): Promise<void> {
			if (timer) await flush()
		},
	}
}
