import type { Session } from '../../../session/session.ts'
import { GatewayError } from '../../../errors.ts'
import { sessionFor } from '../../api-keys/caller.ts'
import type { Call, Services } from '../dialect.ts'

/**
 * The session of the path. A key of this system belongs to one session: with another one's it is a wrong key.
 * @throws GatewayError unauthorized, session_not_found
 */
export function sessionOf({ sessions }: Services, { caller, param }: Call): Session {
	const id = param('id')
	if (caller.role === 'member' && caller.sessions && !caller.sessions.includes(id)) {
		throw new GatewayError('unauthorized', `This API key belongs to another session than ${id}.`)
	}
	return sessionFor(sessions, caller, id)
}
