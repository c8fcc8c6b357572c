/**
 * Waits for a turn; resolves to the function that ends it. Calling that twice does no harm.
 * @param off ends the waiting, without a turn
 */
export type Semaphore = (off: AbortSignal) => Promise<() => void>

/** Lets at most `places` in at a time, the others in the order in which they came. */
export function createSemaphore(places: number): Semaphore {
	const waiting = new Set<() => void>()
	let free = places

	function leave() {
		const [next] = waiting
		if (next) next()
		else free++
	}

	/** False if that was called off. */
	function turn(off: AbortSignal): Promise<boolean> {
		return new Promise((resolve) => {
			const end = (hasTurn: boolean) => () => {
				waiting.delete(admit)
				resolve(hasTurn)
			}
			const admit = end(true)
			waiting.add(admit)
			off.addEventListener('abort', end(false), { once: true })
		})
	}

	return async (off) => {
		if (free > 0) free--
		else if (!(await turn(off))) return () => {}
		let left = false
		return () => {
			if (left) return
			left = true
			leave()
		}
	}
}
