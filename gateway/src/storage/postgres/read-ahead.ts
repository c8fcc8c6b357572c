import type { Row } from './row-codec.ts'

/** Of a record that was read ahead: its row, or that there is none. */
type Answer = { row: Row | undefined }

/** Some 2 MB of ids. Who asks for more at once reads the rest when it is needed. */
const MOST = 10_000

/**
 * Records that are read before they are needed, so that nobody waits for the way to the database one record at a time.
 * Each is handed out once; what was written meanwhile is read anew.
 * @param read the rows that are there, in any order
 */
export function createReadAhead(
	read: (collection: string, keys: readonly string[]) => Promise<Row[]>,
) {
	/** By place. Undefined where the reading failed: who needs the record meets the failure, if there still is one. */
	const answers = new Map<string, Promise<Answer | undefined>>()

	const placeOf = (collection: string, key: string) => `${collection}\n${key}`

	return {
		begin(collection: string, keys: readonly string[]): void {
			const wanted = keys.filter((key) => !answers.has(placeOf(collection, key)))
			if (!wanted.length || answers.size + wanted.length > MOST) return
			const rows = read(collection, wanted).catch(() => undefined)
			for (const key of wanted)
				answers.set(
					placeOf(collection, key),
					rows.then((found) => found && { row: found.find(({ id }) => id === key) }),
				)
		},
		/** Those of the keys that were read ahead, with their answers. */
		async take(collection: string, keys: readonly string[]): Promise<Map<string, Answer>> {
			const taken = new Map<string, Answer>()
			if (!answers.size) return taken
			for (const key of keys) {
				const place = placeOf(collection, key)
				const answer = await answers.get(place)
				if (answer && answers.delete(place)) taken.set(key, answer)
			}
			return taken
		},
		/** The record is written. */
		forget: (collection: string, key: string) => void answers.delete(placeOf(collection, key)),
		/** How many records were read, or are being read. */
		size: () => answers.size,
		clear: () => answers.clear(),
	}
}
