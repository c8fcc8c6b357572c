import type { Storage } from '../driver.ts'
import type { MoveMark } from '../move-mark.ts'

/** A directory or a database, which is ours while it is open. */
export type MoveSide = {
	/** Where it is, for people: without a password. */
	place: string
	storage: Storage
	/** The names of everything in it. */
	names(): Promise<StoredNames>
	mark(): Promise<MoveMark | undefined>
	/** Waits until that is durable. Undefined takes the mark away. */
	setMark(mark: MoveMark | undefined): Promise<void>
}

export type StoredNames = { documents: string[]; states: string[] }
