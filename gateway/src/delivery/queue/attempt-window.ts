/** How many attempts may be under way at the same time: see `createAttemptWindow`. */
export type WindowSize = {
	least: number
	most: number
	/** An answer that takes longer is slow, in milliseconds. */
	slowMs: number
}

/**
 * Counts the attempts that a target may have under way. As many quick answers as it may have allow one more, up to the
 * most; a slow answer or a failure takes that back: a target that works on one event after the other would only let more
 * wait, the last ones longer than an attempt may take. It grows by one connection at a time: a Node server accepts one in
 * each turn of its loop, and while many wait for that, hundreds of events overtake theirs on connections that are open.
 * @example
 * const window = createAttemptWindow({ least: 16, most: 64, slowMs: 500 })
 * for (let answer = 0; answer < 16; answer++) window.ended(20, true) // window.size: 17
 * window.ended(900, true) // window.size: 16
 */
export function createAttemptWindow({ least, most, slowMs }: WindowSize) {
	let size = least
	/** Quick answers since the size last changed. */
	let answers = 0

	function resize(to: number) {
		size = to
		answers = 0
	}

	return {
		get size() {
			return size
		},
		/** An attempt has ended. @param ms how long it took */
		ended(ms: number, isTaken: boolean) {
			if (!isTaken || ms > slowMs) return resize(least)
			if (++answers >= size) resize(Math.min(size + 1, most))
		},
	}
}
