import { GatewayError, isGatewayError } from '../../../errors.ts'
import type { Session } from '../../../session/session.ts'
import { mayUse } from '../../api-keys/caller.ts'
import type { Call, Services } from '../dialect.ts'
import { noSuchSession, notInState } from './errors.ts'
import { noteSession } from './request-session.ts'
import { wahaStatusOf } from './session-states.ts'

/** The session that is meant when nothing is said. */
export const DEFAULT_SESSION = 'default'

/** The name of the session that a request is for: in its path, else in its body or query. */
export function sessionNameOf({ param, body }: Pick<Call, 'param' | 'body'>): string {
	const { session } = body as { session?: unknown }
	const named = param('session') || (typeof session === 'string' && session)
	return named || DEFAULT_SESSION
}

/**
 * The session of a request, in any state.
 * @throws WahaError session_not_found; GatewayError forbidden to a key that may not use it, whether it exists or not
 */
export function sessionOf(services: Pick<Services, 'sessions'>, call: Call): Session {
	return sessionNamed(services, call, sessionNameOf(call))
}

/** As `sessionOf`, by its name. @param missing the error if there is none */
export function sessionNamed(
	{ sessions }: Pick<Services, 'sessions'>,
	{ c, caller }: Pick<Call, 'c' | 'caller'>,
	name: string,
	missing: (name: string) => GatewayError = noSuchSession,
): Session {
	const session = sessions.find(name)
	if (session && mayUse(caller, session)) {
		noteSession(c, session)
		return session
	}
	if (caller.role === 'admin') throw missing(name)
	throw new GatewayError('forbidden', `This API key may not use session ${name}.`)
}

/**
 * The session of a request once it is connected. Waits while it is being connected.
 * @throws WahaError session_not_found, session_not_open; GatewayError forbidden
 */
export async function workingSession(
	services: Pick<Services, 'sessions'>,
	call: Call,
): Promise<Session> {
	const session = sessionOf(services, call)
	const { status } = session.view()
	if (status === 'open') return session
	if (status === 'connecting') await session.withSocket(async () => {}).catch(onlyIfNotOpen)
	const now = session.view().status
	if (now === 'open') return session
	throw notInState(session.id, wahaStatusOf(now), ['WORKING'])
}

function onlyIfNotOpen(error: unknown): void {
	if (!isGatewayError(error, 'session_not_open')) throw error
}
