import type { StateStore } from '../../storage/driver.ts'

/** A store that says whether everything is on the disk. */
export type TrackedStore = StateStore & {
	/** Resolves when every commit so far is durable; undefined if it is now. Rejects after a failure. */
	durable(): Promise<void> | undefined
}

/** Commits become durable in the order of the calls: the last one stands for all. */
export function trackCommits(store: StateStore): TrackedStore {
	let last: Promise<void> | undefined
	return {
		...store,
		commit(changes, options) {
			const commit = store.commit(changes, options)
			last = commit
			const done = () => {
				if (last === commit) last = undefined
			}
			// The caller of the commit gets its failure; here it only stays the last one.
			commit.then(done, () => {})
			return commit
		},
		durable: () => last,
	}
}
