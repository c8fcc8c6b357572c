/** Lets a limited number of operations run at the same time. */
export type Semaphore = {
	/**
	 * Waits for a place, in the order of the calls.
	 * @param signal ends the waiting, without a place
	 * @returns the function that gives the place back; calling it twice does no harm
	 */
	acquire(signal?: AbortSignal): Promise<() => void>
	/**
	 * Runs an operation in a place, and gives that back whatever becomes of it.
	 * @param signal ends the waiting; it rejects with the signal's reason then
	 */
	run<T>(operation: () => Promise<T>, signal?: AbortSignal): Promise<T>
	/** Calls `act` when all places are free, at once if they are, at the latest after `mostMs` milliseconds. */
	whenIdle(act: () => void, mostMs: number): void
}

const nothing = () => {}

/**
 * @param places how many operations may run at the same time
 * @example
 * const conversions = createSemaphore(2)
 * const file = await conversions.run(() => convert(path))
 */
export function createSemaphore(places: number): Semaphore {
	const waiting = new Set<() => void>()
	const lookouts = new Set<() => void>()
	let free = places

	function release() {
		const [next] = waiting
		if (next) return next()
		free++
		if (free === places) for (const act of [...lookouts]) act()
	}

	/** Resolves with false if the signal ended the waiting. */
	function turn(signal: AbortSignal | undefined): Promise<boolean> {
		return new Promise((resolve) => {
			const end = (hasPlace: boolean) => {
				waiting.delete(admit)
				signal?.removeEventListener('abort', abandon)
				resolve(hasPlace)
			}
			const admit = () => end(true)
			const abandon = () => end(false)
			waiting.add(admit)
			signal?.addEventListener('abort', abandon)
		})
	}

	async function acquire(signal?: AbortSignal): Promise<() => void> {
		if (free > 0) free--
		else if (!(await turn(signal))) return nothing
		let isReleased = false
		return () => {
			if (isReleased) return
			isReleased = true
			release()
		}
	}

	function whenIdle(act: () => void, mostMs: number) {
		if (free === places) return act()
		const once = () => {
			clearTimeout(timer)
			lookouts.delete(once)
			act()
		}
		const timer = setTimeout(once, mostMs).unref()
		lookouts.add(once)
	}

	return {
		acquire,
		whenIdle,
		async run(operation, signal) {
			const leave = await acquire(signal)
			try {
				signal?.throwIfAborted()
				return await operation()
			} finally {
				leave()
			}
		},
	}
}
