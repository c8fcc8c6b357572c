import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/units.ts'

/** When and how often an attempt is made. */
export type RetrySchedule = {
	/** Milliseconds before each attempt; after the last the event becomes a dead letter. */
	waits: number[]
	/** An attempt that takes longer has failed. */
	timeoutMs: number
	/** Chats of a webhook that have an attempt under way at the same time. */
	parallel: number
	/** A target is down after so many failures in a row, in at least so many chats. */
	downAfter: { failures: number; chats: number }
	/** Milliseconds before the first probe; each wait doubles, up to the second number. */
	probeMs: [first: number, longest: number]
}

/** The waits are those that Standard Webhooks recommends: ten attempts in three days. */
export const standardRetrySchedule: RetrySchedule = {
	waits: [
		0,
		5 * SECOND_MS,
		5 * MINUTE_MS,
		30 * MINUTE_MS,
		2 * HOUR_MS,
		5 * HOUR_MS,
		10 * HOUR_MS,
		14 * HOUR_MS,
		20 * HOUR_MS,
		24 * HOUR_MS,
	],
	timeoutMs: 15 * SECOND_MS,
	parallel: 16,
	downAfter: { failures: 10, chats: 3 },
	probeMs: [5 * SECOND_MS, 60 * SECOND_MS],
}

/**
 * Milliseconds before the next attempt; undefined if there is none.
 * @param attempts how many have failed
 * @param isTargetSuspect the target may be to blame rather than the event: waits no longer than between two probes
 */
export function retryWait(
	{ waits, probeMs: [first, longest] }: RetrySchedule,
	attempts: number,
	isTargetSuspect: boolean,
): number | undefined {
	const planned = waits[attempts]
	if (planned === undefined || !isTargetSuspect) return planned
	return Math.min(planned, first * 2 ** (attempts - 1), longest)
}

/** A wait that differs by up to a fifth, so that many webhooks are not retried in step. */
export function jittered(wait: number): number {
	return Math.round(wait * (0.8 + Math.random() * 0.4))
}
