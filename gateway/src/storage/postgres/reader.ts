import type { Database } from './database.ts'
import type { Row } from './row-codec.ts'
import { persist } from './failures.ts'

type Wanted = {
	state: number
	collection: string
	keys: readonly string[]
	found: (rows: Row[]) => void
	failed: (error: unknown) => void
}

const text = `select wanted.number, r.id, r.value
	from unnest($1::int[], $2::int[], $3::text[], $4::text[]) as wanted(number, state, collection, id)
	join wag.record r on r.state = wanted.state and r.collection = wanted.collection and r.id = wanted.id`

/** Reads records by their keys; what is asked for in one tick is asked together. */
export function createReader(database: Database, mayWait: () => boolean) {
	let waiting: Wanted[] = []

	async function ask() {
		const asked = waiting
		waiting = []
		const keys = asked.flatMap(({ keys }, number) => keys.map((key) => ({ number, key })))
		const values = [
			keys.map(({ number }) => number),
			keys.map(({ number }) => asked[number]!.state),
			keys.map(({ number }) => asked[number]!.collection),
			keys.map(({ key }) => key),
		]
		try {
			const statement = { name: 'wag-get', text, values }
			const rows = await persist(() => database.query<Row & { number: number }>(statement), mayWait)
			const byNumber = Map.groupBy(rows, ({ number }) => number)
			asked.forEach(({ found }, number) => found(byNumber.get(number) ?? []))
		} catch (error) {
			for (const { failed } of asked) failed(error)
		}
	}

	/** The rows that are there, in any order. */
	return (state: number, collection: string, keys: readonly string[]): Promise<Row[]> =>
		new Promise((found, failed) => {
			if (waiting.length === 0) setImmediate(() => void ask())
			waiting.push({ state, collection, keys, found, failed })
		})
}

export type ReadRows = ReturnType<typeof createReader>
