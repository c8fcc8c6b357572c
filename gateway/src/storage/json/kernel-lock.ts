import { closeSync, existsSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

/** SQLite's number for "another process has it". */
const SQLITE_BUSY = 5

/**
 * A lock on a file that the kernel holds for this process: nothing that blocks, stops or freezes the process loses it,
 * and its death, however it dies, gives it back. Node has no such call of its own; SQLite, which is built into it, locks
 * its files so (fcntl, or LockFileEx on Windows) and is used for nothing else here.
 * @returns gives the lock back; 'busy' if another process holds it; undefined if this file system cannot lock
 */
export function takeKernelLock(path: string): (() => void) | 'busy' | undefined {
	let database: DatabaseSync | undefined
	try {
		closeSync(openSync(path, 'a', 0o600))
		const opened = (database = new DatabaseSync(path, { timeout: 0 }))
		opened.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
		return () => opened.close()
	} catch (error) {
		database?.close()
		return (error as { errcode?: number }).errcode === SQLITE_BUSY ? 'busy' : undefined
	}
}

/**
 * Whether another process holds the lock; undefined if it was never taken, or this file system cannot say. Asks for a reader's
 * lock for a moment, as a look at the file of a database does, and changes nothing.
 */
export function isKernelLockHeld(path: string): boolean | undefined {
	if (!existsSync(path)) return undefined
	let database: DatabaseSync | undefined
	try {
		database = new DatabaseSync(path, { timeout: 0, readOnly: true })
		database.prepare('SELECT count(*) FROM sqlite_master').get()
		return false
	} catch (error) {
		return (error as { errcode?: number }).errcode === SQLITE_BUSY ? true : undefined
	} finally {
		database?.close()
	}
}
