import type { Session } from '../../../session/session.ts'
import { GatewayError } from '../../../errors.ts'
import { sessionFor } from '../../api-keys/caller.ts'
import type { Call, Services } from '../dialect.ts'

/**
 * The session of the path. In this system a key belongs to one session: for another session it is a wrong key.
 * @throws GatewayError unauthorized, session_not_found
 */
export function sessionOf({ sessions }: Services, { caller, param }: Call): Session {
	const id = param('id')
	if (caller.role === 'member' && caller.sessions && !caller.sessions.includes(id)) {
		throw new GatewayError('unauthorized', `This API key does not belong to session ${id}.`)
	}
	return sessionFor(sessions, caller, id)
}
