/** Waits for work, and no longer than until the signal: the work itself goes on. @throws what the work throws before */
export async function untilAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
	if (signal.aborted) return void work.catch(() => {})
	let stop = () => {}
	const aborted = new Promise<void>((resolve) => {
		stop = resolve
		signal.addEventListener('abort', stop, { once: true })
	})
	try {
		await Promise.race([work, aborted])
	} finally {
		signal.removeEventListener('abort', stop)
		work.catch(() => {})
	}
}
