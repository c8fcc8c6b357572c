import type { Storage } from '../storage/driver.ts'

export type CommitObserver = {
	/** A commit is durable. @param seconds since it was called */
	done(seconds: number): void
	failed(): void
}

/** A storage that tells how the commits of sessions end. */
export function timedStorage(storage: Storage, { done, failed }: CommitObserver): Storage {
	return {
		...storage,
		async state(name, initial) {
			const store = await storage.state(name, initial)
			return {
				...store,
				commit(changes, options) {
					const begun = performance.now()
					const commit = store.commit(changes, options)
					// Its caller is told of a failure.
					commit.then(() => done((performance.now() - begun) / 1000), failed)
					return commit
				},
			}
		},
	}
}
