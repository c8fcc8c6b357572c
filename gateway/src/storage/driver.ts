/** Tells whether data has the shape it should have; every zod schema is one. */
export type Shape<T> = {
	safeParse(data: unknown): { success: true; data: T } | { success: false; error: unknown }
}

/** A piece of state that is held in memory and saved whole. Plain JSON only. */
export type Document<T> = {
	/** What it holds now. Read it afresh each time: `update` replaces it. */
	readonly data: T
	/** Changes a copy and saves it; one change at a time. A change that cannot be saved is not made. */
	update<R>(change: (draft: T) => R): Promise<R>
}

/** Where state is kept. Names are paths: `sessions`, `sessions/main/state`. */
export type Storage = {
	/**
	 * Opens a document. An absent one starts as `initial`; a damaged one is refused, never replaced.
	 * @throws DamagedError
	 */
	document<T>(name: string, initial: () => T, shape: Shape<T>): Promise<Document<T>>
	/**
	 * Opens the state of a session; one that is not there starts with `initial`.
	 * @throws DamagedError
	 */
	state(name: string, initial: () => Change[]): Promise<StateStore>
	/** Removes everything under a name, for good. */
	remove(name: string): Promise<void>
	close(): Promise<void>
}

/** State that is there but cannot be trusted. Its files are left as they are. */
export class DamagedError extends Error {
	override name = 'DamagedError'
}

/** One record that is written or, with null, removed. Values are plain JSON. */
export type Change = { collection: string; id: string; value: unknown }

export type CommitOptions = {
	/** Nobody waits for it: it may share the write of what comes within some milliseconds. */
	canWait?: boolean
}

/** The state of one session: collections of records that change in batches. */
export type StateStore = {
	/** The records that are there, of those asked for. Sees every commit that was called before. */
	get(collection: string, ids: readonly string[]): Promise<Map<string, unknown>>
	/** The ids of a collection. */
	ids(collection: string): Promise<string[]>
	/** Every record of a collection. */
	list(collection: string): Promise<Map<string, unknown>>
	/**
	 * Makes all changes or none, and resolves when they are durable; in the order of the calls. After a
	 * failure every call is refused: what memory says is not what the disk says.
	 */
	commit(changes: readonly Change[], options?: CommitOptions): Promise<void>
	close(): Promise<void>
}
