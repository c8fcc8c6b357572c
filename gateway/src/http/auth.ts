import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../errors.ts'
import type { AppEnv } from './caller.ts'
import type { Keys } from './keys.ts'

/** The door: nobody without a key gets past. Whatever is public must be mounted before it. */
export function requireKey(keys: Keys): MiddlewareHandler<AppEnv> {
	return async function requireKey(c, next) {
		const key = bearer(c.req.header('authorization')) ?? c.req.header('x-api-key')
		if (!key) throw unauthorized('No API key was given')
		const caller = keys.callerWith(key)
		// A key that does not exist and one that is wrong are the same thing.
		if (!caller) throw unauthorized('This API key is not known')
		c.set('caller', caller)
		await next()
	}
}

function bearer(header: string | undefined) {
	return /^Bearer +(\S+)$/i.exec(header ?? '')?.[1]
}

function unauthorized(what: string) {
	const advice = `${what}. Send it as \`Authorization: Bearer KEY\` or \`X-API-Key: KEY\`.`
	return new GatewayError('unauthorized', advice)
}
