import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../lib/units.ts'

/** How long things about versions take, in milliseconds. */
export type VersionTimes = {
	/** For each page. */
	deadlineMs: number
	/** How long the first connection of a gateway that knows no version waits for one. */
	waitMs: number
	/** How old what is known may be before the pages are asked again. */
	freshMs: number
	/** Between two look-ups for versions that WhatsApp refuses. */
	minimumMs: number
	/** How long a session waits at least that was refused, before it connects again. */
	retryMs: number
}

export const versionTimes: VersionTimes = {
	deadlineMs: 10 * SECOND_MS,
	waitMs: 5 * SECOND_MS,
	freshMs: 6 * HOUR_MS,
	minimumMs: MINUTE_MS,
	retryMs: 5 * MINUTE_MS,
}
