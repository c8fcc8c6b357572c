import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import type { Keys } from '../api-keys/store.ts'
import type { BruteForceGuard } from './brute-force-guard.ts'
import type { KeyLocation } from './key-location.ts'

export type AuthOptions = { keys: Keys; bruteForceGuard: BruteForceGuard }

/**
 * Requires an API key and sets the variable `caller` for all that runs after it. Public routes must be mounted
 * before it.
 */
export function requireKey(
	{ keys, bruteForceGuard }: AuthOptions,
	location: KeyLocation,
): MiddlewareHandler<AppEnv> {
	return async function requireKey(c, next) {
		const key = await location.read(c)
		if (!key) throw unauthorized('The API key is missing', location)
		const caller = keys.callerWith(key)
		const address = addressOf(c)
		if (address !== undefined) bruteForceGuard.admit(address, caller)
		// The same answer for every wrong key: it must not tell which keys exist.
		if (!caller) throw unauthorized('The API key is wrong', location)
		c.set('caller', caller)
		await next()
	}
}

function unauthorized(what: string, { advice }: KeyLocation): GatewayError {
	return new GatewayError('unauthorized', `${what}. ${advice}`)
}

// A request without a socket has no address that could be slowed down.
function addressOf(c: Context): string | undefined {
	const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
	return incoming?.socket?.remoteAddress
}
