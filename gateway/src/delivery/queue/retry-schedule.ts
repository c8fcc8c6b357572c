import type { WindowSize } from './attempt-window.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/units.ts'

/** When and how often an attempt is made. */
export type RetrySchedule = {
	/** Milliseconds before each attempt; after the last the event becomes a dead letter. */
	waits: number[]
	/** An attempt that takes longer has failed. */
	timeoutMs: number
	/** Chats of a webhook that have an attempt under way at the same time; half of them may be retries. */
	parallel: WindowSize
	/** A target is down after so many failures in a row, in at least so many chats. */
	downAfter: { failures: number; chats: number }
	/** Milliseconds before the first probe; each wait doubles, up to the second number. */
	probeMs: [first: number, longest: number]
}

/**
 * Seconds first: most failures have passed by then, and the chat must not wait for minutes. The rest are the waits that
 * Standard Webhooks recommends. Sixteen attempts in three days.
 */
export const standardRetrySchedule: RetrySchedule = {
	waits: [
		0,
		...[0.2, 1, 2, 5, 10, 20, 40].map((seconds) => seconds * SECOND_MS),
		...[5, 30].map((minutes) => minutes * MINUTE_MS),
		...[2, 5, 10, 14, 20, 24].map((hours) => hours * HOUR_MS),
	],
	timeoutMs: 15 * SECOND_MS,
	parallel: { least: 16, most: 64, slowMs: SECOND_MS / 2 },
	downAfter: { failures: 10, chats: 3 },
	probeMs: [5 * SECOND_MS, 60 * SECOND_MS],
}

/**
 * How many attempts have failed, at the most, when the next one is made within the longest wait between two probes. At
 * least one has: the first attempt waits for nothing.
 */
export const quickAttempts = ({ waits, probeMs: [, longest] }: RetrySchedule) =>
	Math.max(
		1,
		waits.findLastIndex((wait) => wait <= longest),
	)
