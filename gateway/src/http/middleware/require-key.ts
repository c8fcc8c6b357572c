import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import type { KeyLocation } from './key-location.ts'
import type { Keys } from '../api-keys/store.ts'
import type { BruteForceGuard } from './brute-force-guard.ts'

export type RequireKeyOptions = { keys: Keys; bruteForceGuard: BruteForceGuard }

/** Refuses requests without a valid key. Mount public routes before it. */
export function requireKey(
	{ keys, bruteForceGuard }: RequireKeyOptions,
	place: KeyLocation,
): MiddlewareHandler<AppEnv> {
	return async function requireKey(c, next) {
		const key = await place.read(c)
		if (!key) throw unauthorized('No API key was given', place)
		const caller = keys.callerWith(key)
		const address = addressOf(c)
		if (address !== undefined) bruteForceGuard.admit(address, caller)
		// A key that does not exist and one that is wrong are the same thing.
		if (!caller) throw unauthorized('This API key is not known', place)
		c.set('caller', caller)
		await next()
	}
}

/** The error of who comes without a key that fits. */
export function unauthorized(what: string, { advice }: KeyLocation): GatewayError {
	return new GatewayError('unauthorized', `${what}. ${advice}`)
}

// Without a socket there is nobody to tell from others.
function addressOf(c: Context): string | undefined {
	const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
	return incoming?.socket?.remoteAddress
}
