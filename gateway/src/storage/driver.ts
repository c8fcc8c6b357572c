/**
 * The storage contract: documents, and the state of each session. A driver is done when the conformance suite
 * (`test/unit/storage/driver-suite.ts`) passes for it. Values are plain JSON.
 */

/** Checks whether data has the expected shape; every zod schema is one. */
export type Shape<T> = {
	safeParse(data: unknown): { success: true; data: T } | { success: false; error: unknown }
}

/** A small piece of state that is held in memory and saved whole: sessions, API keys, webhooks. */
export type Document<T> = {
	/** What it holds now. Read it afresh each time: `update` replaces it. */
	readonly data: T
	/**
	 * Changes a copy and saves it; one change at a time, in the order of the calls. Waits until the change is durable.
	 * @param change changes the draft in place, and nothing else: it may run again, on what another change has left. Its
	 * result is what `update` resolves with
	 * @throws what `change` throws, and GatewayError storage_failed; the document is then as it was before
	 * @example
	 * await document.update((keys) => void keys.push(key))
	 */
	update<R>(change: (draft: T) => R): Promise<R>
	/** Calls the listener after every change. @returns a function that removes it */
	watch(listener: () => void): () => void
}

/** Where all state is kept. Names are paths: `sessions`, `sessions/main/state`. */
export type Storage = {
	/**
	 * Opens a document. An absent one starts as `initial`; a damaged one is refused, never replaced.
	 * @throws DamagedError
	 */
	document<T>(name: string, initial: () => T, shape: Shape<T>): Promise<Document<T>>
	/**
	 * Opens the state of a session. An absent one starts with `initial`; a damaged one is refused, never replaced.
	 * @throws DamagedError
	 * @example
	 * const state = await storage.state('sessions/main/state', () => [])
	 * await state.commit([{ collection: 'contact', id: 'ada', value: { name: 'Ada' } }])
	 */
	state(name: string, initial: () => Change[]): Promise<StateStore>
	/** The documents right below a name: `main` in `sessions` for `sessions/main`. */
	documentsIn(name: string): Promise<string[]>
	/** Keeps nothing in memory of the document of that name and of those below: it belongs to another process now. */
	letGo(name: string): void
	/** Deletes everything under a name for good, and the document of that name last. Waits until that is done. */
	remove(name: string): Promise<void>
	/** Closes everything. Waits until what was committed is durable. */
	close(): Promise<void>
}

/** State that is there but cannot be trusted. Its files are left as they are. */
export class DamagedError extends Error {
	override name = 'DamagedError'
}

/** Sets one record, or deletes it with null. Values are plain JSON. */
export type Change = { collection: string; id: string; value: unknown }

export type CommitOptions = {
	/** The caller does not wait: the commit may share the write of commits of the next milliseconds. */
	canWait?: boolean
}

/** The state of one session: collections of records that change in atomic batches. */
export type StateStore = {
	/** The engine has lost commits that it had acknowledged: what is read here is older than what was told since. */
	readonly hasLostCommits?: boolean
	/** The records that are there, of those asked for, by id. Sees every commit that was called before. */
	get(collection: string, ids: readonly string[]): Promise<Map<string, unknown>>
	/** These records are asked for soon: a store that is far away begins to read them. Others do not have it. */
	ahead?(collection: string, ids: readonly string[]): void
	/** The ids of a collection, in the order in which they were first written. Sees every commit that was called before. */
	ids(collection: string): Promise<string[]>
	/** Every record of a collection, by id, in the order of `ids`. Sees every commit that was called before. */
	list(collection: string): Promise<Map<string, unknown>>
	/**
	 * Makes all changes or none, in the order of the calls. Resolves when they are durable. After a failure every call
	 * rejects: memory and disk no longer agree.
	 */
	commit(changes: readonly Change[], options?: CommitOptions): Promise<void>
	/**
	 * The collections whose names begin with a prefix, in any order, each with at most how many records it has: one that
	 * was deleted, or written twice, may count. A collection without records may be among them.
	 */
	collections(prefix: string): Promise<Map<string, number>>
	/**
	 * Deletes every collection whose name begins with `prefix` and goes on with something that sorts before `before`,
	 * at a cost that does not depend on the number of records. Takes its place among the commits, and is as durable.
	 * @example
	 * await state.drop('message/', '2026-11-18')
	 */
	drop(prefix: string, before: string): Promise<void>
	/** Waits until every commit is durable, and gives the files back. */
	close(): Promise<void>
}
