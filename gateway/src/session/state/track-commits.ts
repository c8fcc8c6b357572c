import type { StateStore } from '../../storage/driver.ts'

/** A store that can be asked whether everything is on the disk. */
export type TrackedStore = StateStore & {
	/** Resolves when all that was committed so far is durable; undefined if it is. Rejects after a failure. */
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
			// Who made the commit hears of its failure; here it only stays the last.
			commit.then(done, () => {})
			return commit
		},
		durable: () => last,
	}
}
