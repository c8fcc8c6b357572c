import { isGatewayError, isSystemError } from '../../errors.ts'
import { DamagedError } from '../../storage/driver.ts'

/**
 * Whether an error comes of what WhatsApp has sent, and not of the state: all that storage throws says so itself. Such a
 * stanza comes again until it is acknowledged: stopping the session would stop it for good.
 */
export const isMalformed = (error: unknown): boolean =>
	!isGatewayError(error) && !(error instanceof DamagedError) && !isSystemError(error)

/** Where an error was thrown, without its message, which may quote what was read. */
export const whereThrown = (error: unknown): string[] =>
	error instanceof Error
		? (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line))
		: []
