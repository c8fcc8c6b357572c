import type { Session } from '../../../session/session.ts'
import { sessionFor } from '../../api-keys/caller.ts'
import type { Call, Services } from '../dialect.ts'

/** The session of a request. @throws GatewayError session_not_found */
export function sessionOf({ sessions }: Services, { caller, body }: Call): Session {
	return sessionFor(sessions, caller, (body as { instance_id: string }).instance_id)
}
