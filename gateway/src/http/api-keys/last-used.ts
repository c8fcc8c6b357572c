const WRITE_AFTER_MS = 60_000

/**
 * When each key was used last. It is written a minute after the first use that is not yet written, so that a
 * request costs no write.
 * @param write takes times, ISO 8601, by key
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
		of: (key: string) => times.get(key),
		note(key: string): void {
			times.set(key, new Date().toISOString())
			// What cannot be written now is written with the next.
			timer ??= setTimeout(() => void flush().catch(() => {}), WRITE_AFTER_MS).unref()
		},
		async close(): Promise<void> {
			if (timer) await flush()
		},
	}
}
