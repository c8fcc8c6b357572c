/** Numbers that come again for the same seed. Mulberry32. */
export function createRandom(seed: number) {
	let state = seed >>> 0
	function number(): number {
		state = (state + 0x6d2b79f5) >>> 0
		let mixed = Math.imul(state ^ (state >>> 15), state | 1)
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
	}
	const below = (end: number) => Math.floor(number() * end)
	return {
		/** An integer from 0 to below `end`. */
		below,
		chance: (probability: number) => number() < probability,
		pick: <T>(items: readonly T[]): T => items[below(items.length)]!,
	}
}

export type Random = ReturnType<typeof createRandom>
