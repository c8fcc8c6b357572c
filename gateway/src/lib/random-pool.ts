import { randomFillSync } from 'node:crypto'

/** Asking the system costs much the same, however few bytes it is asked for. */
const pool = Buffer.alloc(4096)
let used = pool.length

/** Random bytes that nobody else gets: few, and often. */
export function fewRandomBytes(count: number): Buffer {
	if (used + count > pool.length) {
		randomFillSync(pool)
		used = 0
	}
	const bytes = Buffer.from(pool.subarray(used, used + count))
	pool.fill(0, used, used + count)
	used += count
	return bytes
}
