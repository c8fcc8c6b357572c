import { timingSafeEqual } from 'node:crypto'

/** Whether two secrets are the same, in a time that tells nothing of where they differ. */
export const isSameSecret = (given: Uint8Array, expected: Uint8Array): boolean =>
	given.length === expected.length && timingSafeEqual(given, expected)
