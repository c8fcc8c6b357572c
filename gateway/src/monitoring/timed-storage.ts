import type { Storage } from '../storage/driver.ts'

/** A storage that tells how long each commit of a session took until it was durable, in seconds. */
export function timedStorage(storage: Storage, took: (seconds: number) => void): Storage {
	return {
		...storage,
		async state(name, initial) {
			const store = await storage.state(name, initial)
			return {
				...store,
				commit(changes, options) {
					const begun = performance.now()
					const commit = store.commit(changes, options)
					const durable = () => took((performance.now() - begun) / 1000)
					// Its caller is told of a failure.
					commit.then(durable, () => {})
					return commit
				},
			}
		},
	}
}
