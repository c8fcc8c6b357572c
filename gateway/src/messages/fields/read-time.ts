/** The last moment that a date in JavaScript can be, in seconds. */
const LAST_SECOND = 8.64e12

/** Reads a time in seconds as ISO 8601; undefined if there is none, or none that can be. */
export function readTime(seconds: unknown): string | undefined {
	const known = Number(seconds ?? 0)
	return known && Math.abs(known) <= LAST_SECOND ? new Date(known * 1000).toISOString() : undefined
}
