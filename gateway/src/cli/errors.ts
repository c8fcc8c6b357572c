import { ConfigError } from '../config/read-config.ts'
import { GatewayError } from '../errors.ts'
import { ImportError } from '../session/import-baileys/import-error.ts'
import { DamagedError } from '../storage/driver.ts'
import { BackupError } from '../storage/json/backup.ts'
import { StateKeyError } from '../storage/json/encryption.ts'
import { NewerFormatError } from '../storage/json/format.ts'
import { LockedError } from '../storage/json/lock.ts'
import { CopyError } from '../storage/copy-error.ts'
import { MoveError } from '../storage/move-mark.ts'
import { UnfitDatabaseError } from '../storage/unfit-database.ts'

/** Errors whose message says what to do. */
const EXPLAINED = [
	BackupError,
	ConfigError,
	LockedError,
	NewerFormatError,
	DamagedError,
	ImportError,
	StateKeyError,
	GatewayError,
	UnfitDatabaseError,
	MoveError,
	CopyError,
]

/** 75: another gateway uses the directory or the database, so that a supervisor may try again (EX_TEMPFAIL of sysexits.h). */
const LOCKED_EXIT = 75

/** 78: the next start ends in the same way unless a person changes something first (EX_CONFIG of sysexits.h). */
const UNUSABLE_EXIT = 78
const UNUSABLE = [
	ConfigError,
	StateKeyError,
	NewerFormatError,
	DamagedError,
	UnfitDatabaseError,
	MoveError,
	CopyError,
]

/** Ends the process: with one line that says what to do where that is known, otherwise with the stack. */
export function fail(error: NodeJS.ErrnoException & { port?: number }): never {
	process.stderr.write(`${explanationOf(error)}\n`)
	process.exit(exitCodeOf(error))
}

function exitCodeOf(error: Error): number {
	if (error instanceof LockedError) return LOCKED_EXIT
	return UNUSABLE.some((kind) => error instanceof kind) ? UNUSABLE_EXIT : 1
}

function explanationOf(error: NodeJS.ErrnoException & { port?: number }): string {
	if (error.code === 'EADDRINUSE')
		return `Port ${error.port} is in use by another program. Choose another, for example with --port 3100.`
	const isExplained = EXPLAINED.some((kind) => error instanceof kind)
	return isExplained ? error.message : (error.stack ?? String(error))
}
