import type { StateStore } from '../../storage/driver.ts'

/** A store that says whether everything is on the disk. */
export type TrackedStore = StateStore & {
	/** Resolves when every commit so far is durable; undefined if it is now. Rejects after a failure. */
	durable(): Promise<void> | undefined
}

/**
 * Commits become durable in the order of the calls: the last one stands for all.
 * @param failed called when one was not, besides its caller
 */
export function trackCommits(store: StateStore, failed: (error: unknown) => void): TrackedStore {
	let last: Promise<void> | undefined
	return {
		...store,
		commit(changes, options) {
			const commit = store.commit(changes, options)
			last = commit
			const done = () => {
				if (last === commit) last = undefined
			}
			// It stays the last one: nothing becomes durable any more.
			commit.then(done, failed)
			return commit
		},
		durable: () => last,
	}
}
