import type { z } from 'zod'

/** A piece of state that is held in memory and saved whole. Plain JSON only. */
export type Document<T> = {
	/** What it holds now. Read it afresh each time: `update` replaces it. */
	readonly data: T
	/** Changes a copy and saves it; one change at a time. A change that cannot be saved is not made. */
	update<R>(change: (draft: T) => R): Promise<R>
	/**
	 * Saves what the caller changed in `data` itself, for documents that change often. Calls made while a
	 * save runs share the next one. Resolves when the change is durable; after a failure memory and disk
	 * differ, and the caller must stop using the document.
	 */
	save(): Promise<void>
}

/** Where state is kept. Names are paths: `sessions`, `sessions/main/auth`. */
export type Storage = {
	/**
	 * Opens a document. An absent one starts as `initial`; a damaged one is refused, never replaced.
	 * @throws DamagedError
	 */
	document<T>(name: string, initial: () => T, schema: z.ZodType<T>): Promise<Document<T>>
	/** Keeps a document out of the way, under a name with the reason and the time, and forgets it. */
	setAside(name: string, reason: string): Promise<void>
	/** Removes everything under a name, for good. */
	remove(name: string): Promise<void>
	close(): Promise<void>
}

/** State that is there but cannot be trusted. Its files are left as they are. */
export class DamagedError extends Error {
	override name = 'DamagedError'
}
