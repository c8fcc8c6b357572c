/** Things of which the one with the lowest rank comes first. Both take the logarithm of their number in steps. */
export function createHeap<T extends { readonly rank: number }>() {
	const items: T[] = []

	function swap(a: number, b: number) {
		const kept = items[a]!
		items[a] = items[b]!
		items[b] = kept
	}

	function rise(place: number) {
		for (let above; place > 0; place = above) {
			above = (place - 1) >> 1
			if (items[above]!.rank <= items[place]!.rank) return
			swap(above, place)
		}
	}

	function sink(place: number) {
		for (;;) {
			let lowest = place
			for (const below of [2 * place + 1, 2 * place + 2])
				if (below < items.length && items[below]!.rank < items[lowest]!.rank) lowest = below
			if (lowest === place) return
			swap(lowest, place)
			place = lowest
		}
	}

	return {
		push(item: T) {
			items.push(item)
			rise(items.length - 1)
		},
		/** The first, which stays. */
		peek: (): T | undefined => items[0],
		/** The first, which leaves. */
		pop(): T | undefined {
			const first = items[0]
			const last = items.pop()
			if (last && items.length) {
				items[0] = last
				sink(0)
			}
			return first
		},
	}
}
