import type { Context, MiddlewareHandler } from 'hono'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import { GatewayError } from '../../errors.ts'

/** Who is calling, and how far they reach. */
export type Caller = {
	/** The id of their key. */
	key: string
	role: 'admin' | 'member'
	/** The only sessions a member may use; null for all. */
	sessions: string[] | null
	/** The only workspace of which a member may use sessions; null for all, and for those of none. */
	workspace: string | null
}

export type AppEnv = { Variables: { caller: Caller } }

export function mayUse({ role, sessions, workspace }: Caller, session: Session): boolean {
	if (role === 'admin') return true
	const isInReach = workspace === null || session.view().workspace === workspace
	return isInReach && (sessions === null || sessions.includes(session.id))
}

/**
 * A session for who may use it. Somebody else's looks like one that does not exist.
 * @throws GatewayError session_not_found
 */
export function sessionFor(sessions: Sessions, caller: Caller, id: string): Session {
	if (caller.role === 'admin') return sessions.get(id)
	const session = sessions.find(id)
	if (session && mayUse(caller, session)) return session
	throw new GatewayError('session_not_found', `There is no session ${id} for this API key.`)
}

/** Refuses callers other than admins. */
export const adminOnly: MiddlewareHandler<AppEnv> = async function adminOnly(c, next) {
	requireAdmin(c)
	await next()
}

export function requireAdmin(c: Context<AppEnv>): void {
	if (c.get('caller').role === 'admin') return
	throw new GatewayError('forbidden', 'This needs an admin key; the one given belongs to a member.')
}

/** Refuses callers who may not make and remove the sessions of a workspace: its members of all sessions may. */
export function requireManager({ role, sessions, workspace }: Caller, of: string | null): void {
	if (role === 'admin' || (of !== null && of === workspace && sessions === null)) return
	const advice =
		'This needs an admin key, or a key of the workspace that is for all of its sessions.'
	throw new GatewayError('forbidden', advice)
}
