import { GatewayError } from '../../../errors.ts'
import type { Session } from '../../../session/session.ts'
import { mayUse } from '../../api-keys/caller.ts'
import type { Call, Services } from '../dialect.ts'
import { sessionIdOf } from './instance-ids.ts'

type Asked = Pick<Call, 'caller' | 'param'>

/**
 * The session of the instance in the path, which is named by its id or by the name that the id was made of.
 * @throws GatewayError session_not_found, also for one that the key may not use
 */
export function sessionOf({ sessions }: Pick<Services, 'sessions'>, asked: Asked): Session {
	const name = asked.param('instance')
	const session = sessions.find(sessionIdOf(name))
	if (session && mayUse(asked.caller, session)) return session
	throw new GatewayError('session_not_found', `The "${name}" instance does not exist`)
}
