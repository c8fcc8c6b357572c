import { ConfigError } from '../config.ts'
import { GatewayError } from '../errors.ts'
import { ImportError } from '../session/import-baileys/index.ts'
import { DamagedError } from '../storage/driver.ts'
import { BackupError } from '../storage/json/backup.ts'
import { StateKeyError } from '../storage/json/encryption.ts'
import { NewerFormatError } from '../storage/json/format.ts'
import { LockedError } from '../storage/json/lock.ts'

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
]

/** 75: another gateway uses the directory, so that a supervisor may try again (EX_TEMPFAIL of sysexits.h). */
const LOCKED_EXIT = 75

/** Ends the process: with one line that says what to do where that is known, otherwise with the stack. */
export function fail(error: NodeJS.ErrnoException & { port?: number }): never {
	process.stderr.write(`${explanationOf(error)}\n`)
	process.exit(error instanceof LockedError ? LOCKED_EXIT : 1)
}

function explanationOf(error: NodeJS.ErrnoException & { port?: number }): string {
	if (error.code === 'EADDRINUSE')
		return `Port ${error.port} is in use by another program. Choose another, for example with --port 3100.`
	const isExplained = EXPLAINED.some((kind) => error instanceof kind)
	return isExplained ? error.message : (error.stack ?? String(error))
}
