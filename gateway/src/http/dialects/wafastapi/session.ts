import type { Session } from '../../../session/session.ts'
import { GatewayError } from '../../../errors.ts'
import { mayUse, sessionFor } from '../../api-keys/caller.ts'
import type { Call, Services } from '../dialect.ts'

/**
 * The session of the key: the only one that it may use.
 * @throws GatewayError session_not_found
 */
export function sessionOf({ sessions }: Services, { caller }: Call): Session {
	const [first, ...others] = sessions.list().filter((session) => mayUse(caller, session))
	if (first && !others.length) return first
	const advice = first
		? 'This API key may use several sessions. Use a key of one session: POST /api/v1/keys creates one.'
		: 'Session not found with provided API key.'
	throw new GatewayError('session_not_found', advice)
}

/** The session of the path. @throws GatewayError session_not_found */
export function sessionIn({ sessions }: Services, { caller, param }: Call): Session {
	return sessionFor(sessions, caller, param('id'))
}
