const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** When and how often a webhook is tried. */
export type Schedule = {
	/** Milliseconds before each attempt; after the last an event is given up. */
	waits: number[]
	/** An attempt that takes longer has failed. */
	timeoutMs: number
	/** Chats of a webhook that are served at the same time. */
	parallel: number
	/** A target is held to be down after so many failures in a row, in so many chats at the least. */
	downAfter: { failures: number; chats: number }
	/** Then it is tried after so long, and after twice as long each time, up to the second. */
	probeMs: [first: number, longest: number]
}

/** The waits are those that Standard Webhooks recommends: ten attempts in three days. */
export const standardSchedule: Schedule = {
	waits: [
		0,
		5 * SECOND,
		5 * MINUTE,
		30 * MINUTE,
		2 * HOUR,
		5 * HOUR,
		10 * HOUR,
		14 * HOUR,
		20 * HOUR,
		24 * HOUR,
	],
	timeoutMs: 15 * SECOND,
	parallel: 16,
	downAfter: { failures: 10, chats: 3 },
	probeMs: [5 * SECOND, 60 * SECOND],
}

/** A wait that differs by up to a fifth, so that many do not come back in step. */
export function jittered(wait: number): number {
	return Math.round(wait * (0.8 + Math.random() * 0.4))
}
