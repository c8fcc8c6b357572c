const BLOCK = 1000

/**
 * Numbers that only grow, over restarts too, at the cost of one write per thousand: a block is reserved
 * before it is needed, and what a crash leaves unused is skipped.
 */
export function createSequence(reserved: number, reserve: (upTo: number) => void) {
	let last = reserved
	return {
		next(): number {
			if (last + BLOCK / 2 > reserved) reserve((reserved += BLOCK))
			return ++last
		},
	}
}
