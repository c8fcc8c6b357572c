/** Waits for a turn; resolves to the function that ends it. Calling that twice does no harm. */
export type Gate = () => Promise<() => void>

/** Lets at most `places` in at a time, the others in the order in which they came. */
export function createGate(places: number): Gate {
	const waiting: (() => void)[] = []
	let free = places
	const leave = () => {
		const next = waiting.shift()
		if (next) next()
		else free++
	}
	return async () => {
		if (free > 0) free--
		else await new Promise<void>((resolve) => waiting.push(resolve))
		let left = false
		return () => {
			if (left) return
			left = true
			leave()
		}
	}
}
