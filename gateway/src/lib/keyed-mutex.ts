/** Runs an operation when its turn has come. Rejects with the operation's error; the next one runs all the same. */
export type Mutex = <T>(operation: () => T | Promise<T>) => Promise<T>

/** The same for each key: operations of different keys run at the same time. */
export type KeyedMutex = {
	<T>(key: string, operation: () => T | Promise<T>): Promise<T>
	/** Waits for every operation that is under way or waits now. */
	idle(): Promise<void>
}

/**
 * Lets one operation at a time run, in the order of the calls.
 * @example
 * const inTurn = createMutex()
 * await Promise.all([inTurn(() => append('a')), inTurn(() => append('b'))]) // a, then b
 */
export function createMutex(): Mutex {
	let last: Promise<unknown> = Promise.resolve()
	return function inTurn(operation) {
		const turn = last.then(operation)
		last = turn.catch(() => undefined)
		return turn
	}
}

/**
 * Lets one operation at a time run for each key, in the order of the calls. It keeps nothing for keys that are idle.
 * @example
 * const inChatTurn = createKeyedMutex()
 * await inChatTurn(chat, () => relay(message))
 */
export function createKeyedMutex(): KeyedMutex {
	const last = new Map<string, Promise<unknown>>()

	function inTurn<T>(key: string, operation: () => T | Promise<T>): Promise<T> {
		const turn = (last.get(key) ?? Promise.resolve()).then(operation)
		const done = turn.catch(() => undefined)
		last.set(key, done)
		void done.then(() => {
			if (last.get(key) === done) last.delete(key)
		})
		return turn
	}

	return Object.assign(inTurn, {
		async idle() {
			await Promise.all(last.values())
		},
	})
}
