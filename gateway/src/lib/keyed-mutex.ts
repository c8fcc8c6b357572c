/** Lets one operation at a time run for a key; others wait their turn in the order in which they came. */
export function createKeyedMutex() {
	const last = new Map<string, Promise<unknown>>()
	return function inTurn<T>(key: string, operation: () => Promise<T>): Promise<T> {
		const turn = (last.get(key) ?? Promise.resolve()).then(operation)
		const done = turn.catch(() => undefined)
		last.set(key, done)
		void done.then(() => {
			if (last.get(key) === done) last.delete(key)
		})
		return turn
	}
}
