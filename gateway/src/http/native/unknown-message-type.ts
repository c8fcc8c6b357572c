import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'
import { messageTypes } from '../../messages/index.ts'
import type { AppEnv } from '../api-keys/caller.ts'

/**
 * `POST …/messages/{type}` with a type that there is not. Without it the answer would speak of GET, which has an
 * address of that form.
 */
export function unknownMessageTypeHandler(c: Context<AppEnv>): never {
	const known = messageTypes.map(({ type }) => type).join(', ')
	const advice = `There is no message type ${c.req.param('type')}. Known are ${known}.`
	throw new GatewayError('not_found', advice)
}
