/** The value of a record that was read ahead; undefined in it if there is no such record. */
type Answer = { value: unknown }

/** Some 2 MB of ids. Records beyond that are read when they are needed. */
const MOST = 10_000

/**
 * Reads records before they are needed, many together: a query for each would take the way to the database each time.
 * Each answer is handed out once. A record that is written meanwhile is read anew.
 * @param read the values of the records that are there, by id
 */
export function createReadAhead(
	read: (collection: string, ids: readonly string[]) => Promise<Map<string, unknown>>,
) {
	/** By place. Undefined where the reading failed: the record is read again when it is needed. */
	const answers = new Map<string, Promise<Answer | undefined>>()

	const placeOf = (collection: string, id: string) => `${collection}\n${id}`

	return {
		begin(collection: string, ids: readonly string[]): void {
			const wanted = ids.filter((id) => !answers.has(placeOf(collection, id)))
			if (!wanted.length || answers.size + wanted.length > MOST) return
			const values = read(collection, wanted).catch(() => undefined)
			for (const id of wanted)
				answers.set(
					placeOf(collection, id),
					values.then((found) => found && { value: found.get(id) }),
				)
		},
		/** The answers of those that were read ahead, by id. */
		async take(collection: string, ids: readonly string[]): Promise<Map<string, Answer>> {
			const taken = new Map<string, Answer>()
			if (!answers.size) return taken
			for (const id of ids) {
				const place = placeOf(collection, id)
				const answer = await answers.get(place)
				if (answer && answers.delete(place)) taken.set(id, answer)
			}
			return taken
		},
		/** The record is written. */
		forget: (collection: string, id: string) => void answers.delete(placeOf(collection, id)),
		clear: () => answers.clear(),
	}
}
