import { setTimeout as pause } from 'node:timers/promises'
import { storageFailed } from '../../gateway/src/storage/json/storage-failed.ts'
import type { Change, StateStore, Storage } from '../../gateway/src/storage/driver.ts'

/** What lies between a gateway and a storage: stores of sessions pass through it. */
export type Layer = (store: StateStore) => StateStore

/** A storage whose session states pass through layers, the first one nearest to the disk. */
export function layered(storage: Storage, layers: Layer[]): Storage {
	return {
		...storage,
		async state(name, initial) {
			const store = await storage.state(name, initial)
			return layers.reduce((inner, layer) => layer(inner), store)
		},
	}
}

/** One call of `commit`, as a trace keeps it. */
export type Commit = { durable: boolean }

/** Tells of every commit when it is called; the commit itself tells whether it is durable by now. */
export const traced =
	(saw: (changes: readonly Change[], commit: Commit) => void): Layer =>
	(store) => ({
		...store,
		commit(changes) {
			const commit = { durable: false }
			saw(changes, commit)
			return store.commit(changes).then(() => void (commit.durable = true))
		},
	})

/** A disk that takes longer, by a number of milliseconds that is asked for at each commit. */
export const slow =
	(delay: () => number): Layer =>
	(store) => {
		let last: Promise<unknown> = Promise.resolve()
		return {
			...store,
			async commit(changes) {
				last = Promise.all([last, store.commit(changes), pause(delay())])
				await last
			},
		}
	}

/** A store whose reads take so many milliseconds, as over a network. */
export const far =
	(delay: () => number): Layer =>
	(store) => ({
		...store,
		async get(collection, ids) {
			await pause(delay())
			return store.get(collection, ids)
		},
	})

const noSpace = Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })

/** A disk that is full while `isFull()` says so. */
export const filling =
	(isFull: () => boolean): Layer =>
	(store) => ({
		...store,
		commit: (changes) =>
			isFull() ? Promise.reject(storageFailed(noSpace)) : store.commit(changes),
	})

/** Says that commits are durable before they are: what must never be. */
export const lying: Layer = (store) => ({
	...store,
	commit: async (changes) => void store.commit(changes),
})

/** Puts every change into a commit of its own: what a crash could then part. */
export const parting: Layer = (store) => ({
	...store,
	commit: async (changes) => {
		await Promise.all(changes.map((change) => store.commit([change])))
	},
})
