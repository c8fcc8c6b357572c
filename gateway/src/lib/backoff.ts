const FIRST_MS = 1000
const LONGEST_MS = 60_000
const LONGEST_AFTER_A_WHILE_MS = 5 * 60_000
const A_WHILE_MS = 30 * 60_000

/**
 * How long to wait before the next attempt: full jitter up to 1, 2, 4 … 60 s, and up to five minutes once
 * it has failed for half an hour, so that many sessions do not come back in step after an outage.
 */
export function retryDelay(attempt: number, failingForMs: number, random = Math.random): number {
	const longest = failingForMs > A_WHILE_MS ? LONGEST_AFTER_A_WHILE_MS : LONGEST_MS
	return Math.round(random() * Math.min(longest, FIRST_MS * 2 ** attempt))
}

const FIRST_STORAGE_MS = 5_000
/**
 * A session is open again within 30 s of its storage's being well: on a busy machine it needs ten seconds and more to
 * connect, while messages of the outage come in.
 */
const LONGEST_STORAGE_MS = 15_000

/**
 * How long to wait before a storage that has failed is tried again, in milliseconds: some 5, 10, and 15 s from then on.
 * @param returns how often it was well since, and failed again soon
 */
export function storageRetryDelay(returns: number, random = Math.random): number {
	const longest = Math.min(LONGEST_STORAGE_MS, FIRST_STORAGE_MS * 2 ** returns)
	return Math.round(longest * (1 - random() / 4))
}

/**
 * A wait with jitter, so that sessions or nodes that wait are not in step.
 * @param ms milliseconds @param by the part, from 0 to 1
 * @example
 * jittered(1000, 0.3) // 700 to 1300
 */
export const jittered = (ms: number, by: number): number =>
	Math.round(ms * (1 - by + 2 * by * Math.random()))
