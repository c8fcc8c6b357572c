import type { Session } from '../../../session/session.ts'
import { GatewayError } from '../../../errors.ts'
import { sessionFor } from '../../api-keys/caller.ts'
import { workspaceId } from '../../openapi/schemas.ts'
import type { Call, Services } from '../dialect.ts'

/** The path below which the sessions of a workspace are. */
export const API = '/{workspaceId}/proxy/api/sessions'

/** The workspace of the path. @throws GatewayError invalid_request */
export function workspaceOf({ param }: Call): string {
	const workspace = param('workspaceId')
	if (workspaceId.safeParse(workspace).success) return workspace
	const field = 'workspaceId'
	throw new GatewayError('invalid_request', '`workspaceId` must be a UUID.', { field })
}

/** The session of the path, if it belongs to the workspace of the path. @throws GatewayError session_not_found */
export function sessionOf({ sessions }: Services, { caller, param }: Call): Session {
	const session = sessionFor(sessions, caller, param('sessionId'))
	if (session.view().workspace === param('workspaceId')) return session
	throw new GatewayError('session_not_found', 'The session belongs to another workspace.')
}
