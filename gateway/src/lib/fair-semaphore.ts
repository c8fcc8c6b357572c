import { createSemaphore } from './semaphore.ts'

/** Lets a limited number of operations run at the same time, and fewer of them for one owner. */
export type FairSemaphore = {
	/** Runs an operation in a place, and gives that back whatever becomes of it. */
	run<T>(owner: string, operation: () => Promise<T>): Promise<T>
}

/**
 * @param places how many operations may run at the same time
 * @param placesPerOwner how many of one owner, so that some are left for others
 * @example
 * const uploads = createFairSemaphore(16, 8)
 * await uploads.run(apiKey, () => receive(body))
 */
export function createFairSemaphore(places: number, placesPerOwner: number): FairSemaphore {
	const all = createSemaphore(places)
	const owners = new Map<string, { own: ReturnType<typeof createSemaphore>; users: number }>()
	return {
		async run(owner, operation) {
			const entry = owners.get(owner) ?? { own: createSemaphore(placesPerOwner), users: 0 }
			owners.set(owner, entry)
			entry.users++
			try {
				return await entry.own.run(() => all.run(operation))
			} finally {
				if (--entry.users === 0) owners.delete(owner)
			}
		},
	}
}
