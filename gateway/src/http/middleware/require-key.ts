import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import type { AppEnv, Caller } from '../api-keys/caller.ts'
import type { Keys } from '../api-keys/store.ts'
import { currentRequest } from '../forward/request-scope.ts'
import type { ClientAddress } from '../request/client-address.ts'
import type { BruteForceGuard } from './brute-force-guard.ts'
import type { KeyLocation } from './key-location.ts'

export type AuthOptions = {
	keys: Keys
	bruteForceGuard: BruteForceGuard
	clientAddress: ClientAddress
}

/**
 * Requires an API key and sets the variable `caller` for all that runs after it. Public routes must be mounted
 * before it.
 */
export function requireKey(auth: AuthOptions, location: KeyLocation): MiddlewareHandler<AppEnv> {
	return async function requireKey(c, next) {
		const caller = await identifyCaller(c, auth, location)
		if (!caller) throw unauthorized('The API key is missing', location)
		const request = currentRequest()
		if (request) request.caller = caller
		c.set('caller', caller)
		await next()
	}
}

/**
 * Finds whose key a request carries; undefined if it carries none. Of a request that another gateway has taken, that one
 * has checked the key.
 * @throws GatewayError unauthorized or rate_limited for a wrong key
 */
export async function identifyCaller(
	c: Context,
	{ keys, bruteForceGuard, clientAddress }: AuthOptions,
	location: KeyLocation,
): Promise<Caller | undefined> {
	const vouched = currentRequest()?.vouched?.caller
	if (vouched) return vouched
	const key = await location.read(c)
	if (!key) return undefined
	const caller = keys.callerWith(key)
	if (caller?.actions && !location.knowsActions) throw keyIsLimited()
	if (caller) return caller
	bruteForceGuard.noteWrongKey(clientAddress(c))
	// The same answer for every wrong key: it must not tell which keys exist.
	throw unauthorized('The API key is wrong', location)
}

function keyIsLimited(): GatewayError {
	const advice =
		"This key is limited to some actions, which only WAHA's API knows. Use another key."
	return new GatewayError('forbidden', advice)
}

function unauthorized(what: string, { advice }: KeyLocation): GatewayError {
	return new GatewayError('unauthorized', `${what}. ${advice}`)
}
