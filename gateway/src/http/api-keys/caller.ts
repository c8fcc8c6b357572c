import type { Context, MiddlewareHandler } from 'hono'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import { GatewayError } from '../../errors.ts'

/**
 * What a key may be limited to, in the words of WAHA: its keys are the only ones with such limits. `media` is the files of
 * messages alone, which `read` has as well.
 */
export const keyActions = ['read', 'media', 'send', 'control', 'setting', 'app', 'delete'] as const

export type KeyAction = (typeof keyActions)[number]

/** The API key of a request and its permissions. */
export type Caller = {
	/** The id of the key. */
	key: string
	role: 'admin' | 'member'
	/** The only sessions a member may use; null for all. */
	sessions: string[] | null
	/** The only workspace whose sessions a member may use; null for any, and for sessions without one. */
	workspace: string | null
	/** The only things it may do; null for all. Where such limits are not known, a key that has some is refused. */
	actions: KeyAction[] | null
}

export type AppEnv = { Variables: { caller: Caller } }

/** The id of the API key of a request; empty before the key was checked. */
export function keyOf(c: Context): string {
	return (c as Context<AppEnv>).get('caller')?.key ?? ''
}

/** Whether a caller may use a session. */
export function mayUse({ role, sessions, workspace }: Caller, session: Session): boolean {
	if (role === 'admin') return true
	const isInReach = workspace === null || session.view().workspace === workspace
	return isInReach && (sessions === null || sessions.includes(session.id))
}

/**
 * A session that the caller may use. To other callers it looks as if it did not exist.
 * @throws GatewayError session_not_found
 */
export function sessionFor(sessions: Sessions, caller: Caller, id: string): Session {
	if (caller.role === 'admin') return sessions.get(id)
	const session = sessions.find(id)
	if (session && mayUse(caller, session)) return session
	throw new GatewayError('session_not_found', `There is no session ${id} for this API key.`)
}

/** Rejects members. Must run after `requireKey`. */
export const adminOnly: MiddlewareHandler<AppEnv> = async function adminOnly(c, next) {
	requireAdmin(c)
	await next()
}

/** @throws GatewayError forbidden unless the caller is an admin */
export function requireAdmin(c: Context<AppEnv>): void {
	requireAdminKey(c.get('caller'))
}

/** @throws GatewayError forbidden unless the caller is an admin */
export function requireAdminKey({ role }: Caller): void {
	if (role === 'admin') return
	throw new GatewayError(
		'forbidden',
		'This needs an admin key; the key of this request is a member key.',
	)
}

/**
 * Requires the right to create and delete sessions of a workspace: admins have it, and members whose key is for the
 * whole workspace.
 * @param target the workspace; null for sessions without one, which only admins manage
 * @throws GatewayError forbidden
 */
export function requireManager({ role, sessions, workspace }: Caller, target: string | null): void {
	const isOwn = target !== null && target === workspace && sessions === null
	if (role === 'admin' || isOwn) return
	const advice =
		'This needs an admin key, or a key of the workspace that is not limited to some sessions.'
	throw new GatewayError('forbidden', advice)
}

/** @throws GatewayError forbidden for a key that is limited to other actions */
export function requireAction({ actions }: Caller, action: KeyAction | undefined): void {
	if (!actions || (action && actions.includes(action))) return
	if (action === 'media' && actions.includes('read')) return
	const advice = `This key may ${actions.join(', ') || 'do nothing'}; this request needs ${action ?? 'a key without such limits'}.`
	throw new GatewayError('forbidden', advice)
}
