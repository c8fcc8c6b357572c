import type { Change } from '../../storage/driver.ts'

/**
 * A change that takes its value from memory when it is committed: two changes of a record may be committed in another
 * order than they were made, and the disk must not go back.
 */
export const latest = (
	collection: string,
	id: string,
	known: ReadonlyMap<string, unknown>,
): Change => ({
	collection,
	id,
	get value() {
		return known.get(id) ?? null
	},
})
