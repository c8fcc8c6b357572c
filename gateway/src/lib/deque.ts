/** Numbers in the order in which they came, to be taken from the front: 8 bytes each. */
export function createDeque() {
	let numbers: number[] = []
	let taken = 0
	return {
		get first(): number | undefined {
			return numbers[taken]
		},
		get size() {
			return numbers.length - taken
		},
		/** The one with so many before it; undefined if there are not so many. */
		at: (index: number): number | undefined => numbers[taken + index],
		add: (number: number) => void numbers.push(number),
		drop() {
			taken++
			// Moving the rest each time would cost more the longer the line is.
			if (taken > 1000 && taken * 2 > numbers.length) {
				numbers = numbers.slice(taken)
				taken = 0
			}
		},
		/** Removes some, wherever they are. */
		remove(some: ReadonlySet<number>) {
			numbers = numbers.slice(taken).filter((number) => !some.has(number))
			taken = 0
		},
		all: () => numbers.slice(taken),
	}
}

export type Deque = ReturnType<typeof createDeque>
